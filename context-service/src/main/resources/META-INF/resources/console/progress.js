// How a run goes on: the sentence, the pipeline, the ledger's sum.
import {html, nothing, svg} from './libraries.js';
import {count, duration, figure, plural, rate, term} from './format.js';

export const abandoned = run => ['failed', 'cancelled'].includes(run.state);
export const over = run => run.state === 'completed' || abandoned(run);

export const seconds = run => (new Date(run.ended ?? Date.now()) - new Date(run.started)) / 1000;

/** Rate and time left, to follow the counts; of a run that is over, how long it took. */
export function progressOf(run) {
    if (over(run)) {
        return `, ${duration(seconds(run))}`;
    }
    const {complete, wanted} = run.identities;
    if (complete === 0) {
        return '';
    }
    if (complete >= wanted) {
        return ', packing, training and judging';
    }
    const perSecond = complete / seconds(run);
    return `, ${rate(perSecond)}, about ${duration((wanted - complete) / perSecond)} left`;
}

const STAGES = {
    sampled: ['Sampler', 'images made'],
    aligned: ['Aligner', 'faces found and cut'],
    cropped: ['Splitter', 'images stored'],
    encoded: ['Evaluator', 'images compared'],
    sealed: ['Dataset', 'packed'],
    trained: ['Trainer', 'recogniser trained'],
    evaluated: ['Judge', 'figures reported'],
};

/** The stages in the order of the work, each with what it has done. */
export const pipeline = run => html`<ol class="pipeline">${run.stages.map(stage => {
    const [name, what] = STAGES[stage.stage] ?? [stage.stage, ''];
    return html`<li>
        <b>${name}</b><span class="soft small">${what}</span>
        <span class="count">${count(stage.done)}</span><span class="soft">${stage.total ? ` of ${count(stage.total)}` : ''} ${stage.unit}</span>
        <progress max=${stage.total || 1} value=${stage.done} aria-label="${name}"></progress>
        <span class="soft small">${!over(run) && stage.done < stage.total ? rate(stage.rate) : ''}&nbsp;</span>
        ${load(run.loads.find(found => found.stage === stage.stage))}
    </li>`;
})}</ol>`;

const load = found => (found ? html`<span class="soft small">${plural(found.workers, 'worker')}, ${count(found.waiting)} waiting</span>` : nothing);

const PARTS = ['complete', 'surplus', 'discarded', 'failed', 'cancelled', 'in_flight'];

/** issued = complete + surplus + discarded + failed + cancelled + in flight */
export function ledger(run) {
    let from = 0;
    const {issued} = run.identities;
    const parts = PARTS.filter(part => run.identities[part] > 0 || part === 'complete');
    const bars = parts.map(part => {
        const share = issued ? 1000 * run.identities[part] / issued : 0;
        const bar = svg`<rect class="k-${part}" x=${from} y="0" width=${share} height="10"></rect>`;
        from += share;
        return bar;
    });
    return html`
        <svg class="ledger" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
        <dl class="sum">
            <div><dt class="issued">${term('issued')}</dt><dd>${count(issued)}</dd></div>
            ${parts.map((part, i) => html`<div><dt class="k-${part}"><span>${i ? '+' : '='} ${
                part === 'complete' ? part : term(part.replace('_', ' '))}</span></dt><dd>${count(run.identities[part])}</dd></div>`)}
        </dl>`;
}

/** The figures of an evaluation that people ask for first. */
export function figures(metrics) {
    const shown = [['eer', 'EER', 100], ['fmr100', 'FMR100', 100], ['auc', 'AUC', 1], ['fdr', 'FDR', 1]]
        .filter(([name]) => Number.isFinite(metrics?.[name]));
    return shown.length === 0 ? nothing : html`<dl class="figures">${shown.map(([name, word, by]) => html`<div>
        <dt>${term(word)}</dt><dd>${figure(metrics[name] * by)}${by === 100 ? ' %' : ''}</dd></div>`)}</dl>`;
}
