// All runs, the latest first.
import {html, nothing, repeat} from './libraries.js';
import {follow, path} from './api.js';
import {badge, count, percent, term, when} from './format.js';
import {over, progressOf} from './progress.js';

export function open({update, connected}) {
    let names;
    const runs = new Map();
    const close = follow('/events/runs', {
        runs: all => {
            names = all;
            update();
        },
        run: run => {
            runs.set(run.run, run);
            if (names && !names.includes(run.run)) {
                names.unshift(run.run);
            }
            update();
        },
    }, connected);

    const view = () => html`
        <div class="head">
            <h1>Runs</h1>
        </div>
        ${names === undefined ? html`<p class="soft">Asking the service …</p>` : nothing}
        ${names?.length === 0 ? html`<div class="card"><p>Nothing has run yet.</p>
            <p class="soft">A run makes one dataset of faces, as its recipe says.</p></div>` : nothing}
        <ul class="runs">${repeat((names ?? []).filter(name => runs.has(name)), name => name, name => row(runs.get(name)))}</ul>`;
    return {title: 'Runs', view, close};
}

function row(run) {
    const {wanted, complete} = run.identities;
    return html`<li>
        <div class="faces">${run.pictured.map(ordinal =>
            html`<img src=${path('runs', run.run, 'identities', ordinal, 'crops', '0.png')} alt="" loading="lazy">`)}</div>
        <div>
            <div class="name"><a href="#${path('runs', run.run)}">${run.run}</a>${badge(run.state)}
                <span class="soft small">${when(run.started)}, ${run.sampler}</span></div>
            <progress class=${run.state} max=${wanted} value=${Math.min(complete, wanted)} aria-label="Identities complete"></progress>
            <span class="soft small">${count(complete)} of ${count(wanted)} identities × ${count(run.images)} images${progressOf(run)}</span>
            ${over(run) && run.reason ? html`<div class="small">${run.reason}</div>` : nothing}
        </div>
        <div class="figure"><b>${percent(run.eer)}</b><span class="soft small">${term('EER')}</span></div>
    </li>`;
}
