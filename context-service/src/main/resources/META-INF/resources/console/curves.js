// The curves of a run, as <fm-chart> takes them.
import './chart.js';

export function curveOfEer(live) {
    const points = new Map(live.filter(e => Number.isFinite(e.metrics.eer)).map(e => [e.identities, e.metrics]));
    const x = [...points.keys()].sort((a, b) => a - b);
    return {
        x: 'identities',
        y: '%',
        series: [{label: 'EER (%)', colour: '--accent'}],
        columns: [x, x.map(n => 100 * points.get(n).eer)],
    };
}

export function curvesOfTraining(trainings) {
    const models = [...new Set(trainings.map(t => t.model))];
    const x = [...new Set(trainings.map(t => t.step))].sort((a, b) => a - b);
    const colours = ['--accent', '--bad', '--warn', '--good'];
    return {
        x: 'steps',
        y: 'loss',
        series: models.map((model, i) => ({label: model, colour: colours[i % colours.length]})),
        columns: [x, ...models.map(model => {
            const losses = new Map(trainings.filter(t => t.model === model).map(t => [t.step, t.loss]));
            return x.map(step => losses.get(step) ?? null);
        })],
    };
}
