// One run, as it goes on.
import {html, nothing} from './libraries.js';
import {follow, get, path, send} from './api.js';
import {badge, count, plural, when} from './format.js';
import {abandoned, ledger, over, pipeline, progressOf} from './progress.js';
import {latestOf, quality, Report} from './quality.js';
import {Identities} from './identities.js';
import './gallery.js';

export function open({update, connected}, name) {
    const state = {name, run: undefined, evaluations: [], trainings: [], lost: [], fault: undefined, report: new Report(name, update)};
    const identities = new Identities(name);
    const judged = () => {
        const latest = latestOf(state.evaluations);
        if (latest) {
            state.report.follow(latest);
        }
    };
    const stop = follow(path('events', 'runs', name), {
        run: run => {
            const before = state.run;
            state.run = run;
            identities.total = run.identities.issued;
            if (!before || over(before) !== over(run)) {
                identities.refresh();
            }
            if (lost(run) !== state.lost.length) {
                get(`${path('runs', name, 'identities')}?lost=true&limit=100`).then(found => {
                    state.lost = found;
                    update();
                }, () => {});
            }
            update();
        },
        history: ({evaluations, trainings}) => {
            Object.assign(state, {evaluations, trainings});
            judged();
            identities.refresh();
        },
        evaluation: evaluation => {
            state.evaluations.push(evaluation);
            judged();
            update();
        },
        training: progress => {
            state.trainings.push(progress);
            update();
        },
        identities: news => identities.take(news),
    }, connected);
    get(path('runs', name)).catch(fault => {
        state.fault = fault;
        update();
    });

    async function cancel() {
        if (confirm(`Cancel run ${name}? What is in the works is dropped; what is stored stays.`)) {
            await send('DELETE', path('runs', name)).catch(fault => { state.fault = fault; });
            update();
        }
    }
    async function extend() {
        const answer = prompt(`How many identities shall run ${name} have? It has ${state.run.identities.wanted}; they stay as they are.`);
        if (answer) {
            await send('POST', path('runs', name, 'extend'), JSON.stringify({identities: Number(answer)}), 'application/json')
                .then(() => { state.fault = undefined; }, fault => { state.fault = fault; });
            update();
        }
    }
    const close = () => {
        stop();
        state.report.close();
    };
    return {title: name, view: () => page(state, identities, {cancel, extend}), close};
}

const lost = run => Math.min(100, run.identities.discarded + run.identities.failed);

function page(state, identities, {cancel, extend}) {
    const {run, name, fault} = state;
    return html`
        <div class="head">
            <h1>${name}</h1>${run ? badge(run.state) : nothing}
            <div class="actions">
                ${run && !over(run) ? html`<button class="danger" @click=${cancel}>Cancel</button>` : nothing}
                ${run && !abandoned(run) ? html`<button @click=${extend}>Extend</button>` : nothing}
                <a class="button" href="#/dead-letters?run=${encodeURIComponent(name)}">Dead letters</a>
                <a class="button" href="#/start?from=${encodeURIComponent(name)}">Start again with changes</a>
            </div>
        </div>
        ${fault ? html`<p class="note bad" role="alert">${fault.message}</p>` : nothing}
        ${run ? body(state, run, identities) : nothing}`;
}

function body(state, run, identities) {
    const {wanted, complete} = run.identities;
    return html`
        ${run.reason ? html`<p class="note ${run.state === 'failed' ? 'bad' : ''}">${run.reason}</p>` : nothing}
        ${run.warnings.length ? html`<ul class="note">${run.warnings.map(warning => html`<li>${warning}</li>`)}</ul>` : nothing}
        <section class="card" aria-label="Progress">
            <progress class=${run.state} max=${wanted} value=${Math.min(complete, wanted)} aria-label="Identities complete"></progress>
            <p><b>${count(complete)} of ${count(wanted)}</b> identities × ${plural(run.images, 'image')}${progressOf(run)}
                <span class="soft">· begun ${when(run.started)}, sampler ${run.sampler}</span></p>
        </section>
        <section class="card"><h2>Stages</h2>${pipeline(run)}</section>
        <section class="card"><h2>What became of the identities</h2>${ledger(run)}</section>
        ${quality(state)}
        <section class="card"><h2>Identities</h2>
            ${run.identities.issued ? html`<fm-gallery tabindex="0" aria-label="Identities" .identities=${identities}></fm-gallery>`
                : html`<p class="soft">The first one is on its way.</p>`}</section>
        ${losses(run, state.lost)}`;
}

function losses(run, lost) {
    return lost.length === 0 ? nothing : html`<section class="card"><h2>Lost identities, and why</h2>
        <ul class="lost">${lost.map(identity => {
            const place = ['runs', run.run, 'identities', identity.ordinal];
            return html`<li>
                ${identity.reached === 'issued' ? html`<div class="none"></div>`
                    : html`<img src=${path(...place, 'block.png')} alt="Identity ${identity.ordinal} as sampled" loading="lazy">`}
                <div><p><a href="#${path(...place)}">Identity ${identity.ordinal}</a> ${badge(identity.state)} <span class="soft small">by ${identity.stage}</span></p>
                    <p>${identity.reason}</p></div></li>`;
        })}</ul></section>`;
}
