// The curves of a run, as <fm-chart> takes them.
import './chart.js';

const COLOURS = ['--accent', '--bad', '--warn', '--good', '--soft', '--ink'];

/** Curves over one axis: each is {label, points: Map of x to y}. */
function together(x, y, curves, more = {}) {
    const xs = [...new Set(curves.flatMap(curve => [...curve.points.keys()]))].sort((a, b) => a - b);
    return {
        x,
        y,
        series: curves.map(({label, colour, fill}, i) => ({label, colour: colour ?? COLOURS[i % COLOURS.length], fill})),
        columns: [xs, ...curves.map(({points}) => xs.map(at => points.get(at) ?? null))],
        ...more,
    };
}

const eers = evaluations => new Map(evaluations
    .filter(e => e.kind === 'live' && Number.isFinite(e.metrics.eer))
    .map(e => [e.identities, 100 * e.metrics.eer]));

export const curveOfEer = live => together('identities', '%', [{label: 'EER (%)', points: eers(live)}]);

export const curvesOfEer = runs => together('identities', 'EER (%)',
    runs.map(({name, evaluations}) => ({label: name, points: eers(evaluations)})));

export const curvesOfTraining = trainings => together('steps', 'loss', [...new Set(trainings.map(t => t.model))].map(model =>
    ({label: model, points: new Map(trainings.filter(t => t.model === model).map(t => [t.step, t.loss]))})));

/** Of genuine and impostor pairs, from a report's distribution. */
export function distribution({from, to, genuine, impostor}) {
    const width = (to - from) / genuine.length;
    const points = shares => new Map(shares.map((share, bin) => [from + (bin + 0.5) * width, 100 * share]));
    return together('cosine similarity', '% of pairs', [
        {label: 'genuine', colour: '--accent', fill: true, points: points(genuine)},
        {label: 'impostor', colour: '--bad', fill: true, points: points(impostor)},
    ]);
}

/** False non-match rate over false match rate, in per cent. */
export const det = ({far, tar}) => together('impostor pairs accepted (%)', 'genuine pairs refused (%)',
    [{label: 'refused', points: new Map(far.map((share, i) => [100 * share, 100 * (1 - tar[i])]))}], {log: true});
