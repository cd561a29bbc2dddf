// How good a run's images are: figures, curves, worst and closest identities, trainings.
import {html, nothing} from './libraries.js';
import {get, path} from './api.js';
import {figure, percent, plural, term} from './format.js';
import {curveOfEer, curvesOfTraining, det, distribution} from './curves.js';
import {figures} from './progress.js';

const REPORT_AGAIN_AFTER = 15000;

/** The report of the latest evaluation, fetched anew when there is a later one, but not at each. */
export class Report {
    #asked = 0;
    #subject;
    #timer;
    json;

    constructor(run, changed) {
        this.run = run;
        this.changed = changed;
    }

    follow(evaluation) {
        const subject = `${evaluation.kind}/${evaluation.subject}/${evaluation.identities}`;
        if (subject === this.#subject) {
            return;
        }
        const later = evaluation.kind === 'live' ? this.#asked + REPORT_AGAIN_AFTER - Date.now() : 0;
        clearTimeout(this.#timer);
        if (later > 0) {
            this.#timer = setTimeout(() => this.follow(evaluation), later);
            return;
        }
        this.#subject = subject;
        this.#asked = Date.now();
        const file = evaluation.kind === 'live' ? ['live.json'] : [evaluation.subject, 'report.json'];
        get(path('artefacts', 'evaluations', this.run, ...file)).then(json => {
            this.json = json;
            this.changed();
        }, () => {});
    }

    close() {
        clearTimeout(this.#timer);
    }
}

export function latestOf(evaluations) {
    return evaluations.filter(e => e.kind === 'dataset').at(-1) ?? evaluations.filter(e => e.kind === 'live').at(-1);
}

export function quality({name, evaluations, trainings, report}) {
    const latest = latestOf(evaluations);
    const live = evaluations.filter(e => e.kind === 'live');
    const judged = evaluations.filter(e => e.kind === 'recogniser');
    const found = report.json;
    return html`<div class="columns">
        ${latest ? html`<section class="card"><h2>How well identities can be told apart${latest.kind === 'live' ? ', so far' : ''}</h2>
            ${figures(latest.metrics)}
            ${live.length > 1 ? html`<fm-chart role="img" aria-label="Equal error rate against identities" .data=${curveOfEer(live)}></fm-chart>` : nothing}
            <p class="soft small">${plural(latest.identities, 'identity', 'identities')}, ${plural(latest.images, 'image')}, by recogniser ${latest.model}${
                latest.kind === 'dataset' ? html` · <a href=${`/artefacts/evaluations/${encodeURIComponent(name)}/${latest.subject}/report.html`}>the whole report</a>` : nothing}</p>
        </section>` : nothing}
        ${found?.distribution ? html`<section class="card"><h2>How alike pairs of images are</h2>
            <p class="soft small">${term('genuine')} and ${term('impostor')} pairs by ${term('cosine similarity')}: the less they overlap, the better</p>
            <fm-chart role="img" aria-label="Distribution of genuine and impostor scores" .data=${distribution(found.distribution)}></fm-chart></section>` : nothing}
        ${found?.roc?.far.length > 1 ? html`<section class="card"><h2>Refused against accepted, at every threshold</h2>
            <fm-chart role="img" aria-label="Genuine pairs refused against impostor pairs accepted" .data=${det(found.roc)}></fm-chart></section>` : nothing}
        ${trainings.length ? html`<section class="card"><h2>Training of the ${term('recogniser')}</h2>
            <fm-chart role="img" aria-label="Loss against steps" .data=${curvesOfTraining(trainings)}></fm-chart>${judgements(judged)}</section>` : nothing}
        ${found?.least_alike?.length ? outliers(name, found) : nothing}
    </div>`;
}

const judgements = judged => (judged.length ? html`<table><thead><tr><th>Judged on</th><th class="number">right</th><th class="number">${term('EER')}</th></tr></thead>
    <tbody>${judged.map(({subject, metrics}) => html`<tr><td>${subject === 'unseen' ? 'identities that it has not seen' : subject}</td>
        <td class="number">${percent(metrics.accuracy ?? metrics[`${subject}_accuracy`])}</td>
        <td class="number">${percent(metrics.eer ?? metrics[`${subject}_eer`])}</td></tr>`)}</tbody></table>` : nothing);

const face = (run, ordinal) => html`<a href="#${path('runs', run, 'identities', ordinal)}"><img src=${path('runs', run, 'identities', ordinal, 'crops', '0.png')}
    alt="Identity ${ordinal}" loading="lazy" width="56" height="56"></a>`;

const outliers = (run, {least_alike: worst, closest_pairs: closest}) => html`<section class="card"><h2>Worth a look</h2>
    <h3>Least like themselves</h3>
    <ul class="outliers">${worst.slice(0, 6).map(({ordinal, genuine_mean: mean}) => html`<li>${face(run, ordinal)}<span class="small">${ordinal}: ${figure(mean)}</span></li>`)}</ul>
    ${closest?.length ? html`<h3>Closest to another identity</h3>
    <ul class="outliers">${closest.slice(0, 4).map(({ordinal, nearest, cosine}) => html`<li>${face(run, ordinal)} ${face(run, nearest)}<span class="small">${ordinal} and ${nearest}: ${figure(cosine)}</span></li>`)}</ul>` : nothing}</section>`;
