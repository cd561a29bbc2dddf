// All runs, the latest first.
import {html, nothing, repeat} from './libraries.js';
import {follow, path} from './api.js';
import {badge, count, percent, term, when} from './format.js';
import {over, progressOf} from './progress.js';

export function open({update, connected}) {
    let names;
    const runs = new Map();
    const chosen = new Set();
    const choose = (name, event) => {
        chosen[event.target.checked ? 'add' : 'delete'](name);
        update();
    };
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
            <div class="actions">
                ${chosen.size > 1 ? html`<a class="button" href="#/compare?runs=${[...chosen].map(encodeURIComponent).join(',')}">Compare ${chosen.size} runs</a>` : nothing}
                <a class="button primary" href="#/start">Start a run</a></div>
        </div>
        ${names === undefined ? html`<p class="soft">Asking the service …</p>` : nothing}
        ${names?.length === 0 ? html`<div class="card"><p>Nothing has run yet.</p>
            <p class="soft">A run makes one dataset of faces, as its recipe says. <a href="#/start">Start the first</a>.</p></div>` : nothing}
        <ul class="runs">${repeat((names ?? []).filter(name => runs.has(name)), name => name, name => row(runs.get(name), chosen, choose))}</ul>`;
    return {title: 'Runs', view, close};
}

function row(run, chosen, choose) {
    const {wanted, complete} = run.identities;
    return html`<li>
        <div class="faces">${run.pictured.map(ordinal =>
            html`<img src=${path('runs', run.run, 'identities', ordinal, 'crops', '0.png')} alt="" loading="lazy">`)}</div>
        <div>
            <div class="name"><input type="checkbox" class="choose" aria-label="Compare run ${run.run}" .checked=${chosen.has(run.run)} @change=${event => choose(run.run, event)}><a href="#${path('runs', run.run)}">${run.run}</a>${badge(run.state)}
                <span class="soft small">${when(run.started)}, ${run.sampler}</span></div>
            <progress class=${run.state} max=${wanted} value=${Math.min(complete, wanted)} aria-label="Identities complete"></progress>
            <span class="soft small">${count(complete)} of ${count(wanted)} identities × ${count(run.images)} images${progressOf(run)}</span>
            ${over(run) && run.reason ? html`<div class="small">${run.reason}</div>` : nothing}
        </div>
        <div class="figure"><b>${percent(run.eer)}</b><span class="soft small">${term('EER')}</span></div>
    </li>`;
}
