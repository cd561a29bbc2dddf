// Runs side by side: what their recipes differ in, their figures, their curves.
import {html, nothing} from './libraries.js';
import {follow, get, path} from './api.js';
import {badge, count, duration, figure, percent, term} from './format.js';
import {curvesOfEer} from './curves.js';
import {seconds} from './progress.js';

export function open({update, connected, query}) {
    const names = (query.get('runs') ?? '').split(',').filter(Boolean).slice(0, 6);
    const runs = names.map(name => ({name, run: undefined, recipe: undefined, evaluations: []}));
    const closers = runs.map(one => {
        get(path('runs', one.name, 'recipe')).then(recipe => {
            one.recipe = recipe;
            update();
        }, fault => {
            one.fault = fault;
            update();
        });
        return follow(path('events', 'runs', one.name), {
            run: run => {
                one.run = run;
                update();
            },
            history: ({evaluations}) => {
                one.evaluations = evaluations;
                update();
            },
            evaluation: evaluation => {
                one.evaluations.push(evaluation);
                update();
            },
        }, connected);
    });
    return {title: 'Compare runs', view: () => page(runs), close: () => closers.forEach(close => close())};
}

function flat(value, place = '', found = {}) {
    for (const [key, inner] of Object.entries(value ?? {})) {
        if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) {
            flat(inner, `${place}${key}.`, found);
        } else {
            found[place + key] = Array.isArray(inner) ? inner.join(', ') : inner;
        }
    }
    return found;
}

function page(runs) {
    const recipes = runs.map(one => flat(one.recipe));
    const keys = [...new Set(recipes.flatMap(Object.keys))].sort()
        .filter(key => new Set(recipes.map(recipe => String(recipe[key]))).size > 1);
    const header = html`<thead><tr><td></td>${runs.map(({name, run}) => html`<th scope="col"><a href="#${path('runs', name)}">${name}</a> ${run ? badge(run.state) : nothing}</th>`)}</tr></thead>`;
    const row = (name, value) => html`<tr><th scope="row">${name}</th>${runs.map((one, i) => html`<td>${value(one, i) ?? '–'}</td>`)}</tr>`;
    const metric = (name, shown) => ({evaluations}) => shown(latest(evaluations)?.metrics[name]);
    return html`
        <div class="head"><h1>Compare runs</h1></div>
        ${runs.length < 2 ? html`<p class="soft">Choose two runs or more in <a href="#/">the list</a>.</p>` : nothing}
        ${runs.filter(one => one.fault).map(one => html`<p class="note bad" role="alert">${one.fault.message}</p>`)}
        ${runs.length ? html`
        <section class="card"><h2>Figures</h2><div class="scroll" tabindex="0"><table>${header}<tbody>
            ${row('Identities', ({run}) => run && `${count(run.identities.complete)} of ${count(run.identities.wanted)}`)}
            ${row('Discarded or failed', ({run}) => run && count(run.identities.discarded + run.identities.failed))}
            ${row('Time', ({run}) => run && duration(seconds(run)))}
            ${row(term('EER'), metric('eer', percent))}
            ${row(term('FMR100'), metric('fmr100', percent))}
            ${row(term('AUC'), metric('auc', figure))}
            ${row(term('FDR'), metric('fdr', figure))}
            ${row('Recogniser right', ({evaluations}) => evaluations.filter(e => e.kind === 'recogniser')
                .map(e => `${e.subject}: ${percent(e.metrics.accuracy)}`).join(', ') || undefined)}
        </tbody></table></div></section>
        ${runs.some(({evaluations}) => evaluations.filter(e => e.kind === 'live').length > 1) ? html`<section class="card"><h2>${term('EER')} against identities</h2>
            <fm-chart role="img" aria-label="Equal error rate of each run against identities" .data=${curvesOfEer(runs)}></fm-chart></section>` : nothing}
        <section class="card"><h2>What the recipes differ in</h2>${keys.length
            ? html`<div class="scroll" tabindex="0"><table>${header}<tbody>${keys.map(key => row(html`<code>${key}</code>`, (_, i) => String(recipes[i][key] ?? 'as the model has it')))}</tbody></table></div>`
            : html`<p class="soft">In nothing.</p>`}</section>` : nothing}`;
}

const latest = evaluations => evaluations.filter(e => e.kind === 'dataset').at(-1) ?? evaluations.filter(e => e.kind === 'live').at(-1);
