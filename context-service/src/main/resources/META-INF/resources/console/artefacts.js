// What was made, what it was made of, and where to fetch it.
import {html, nothing} from './libraries.js';
import {get, path} from './api.js';
import {bytes, count, plural, term} from './format.js';

export function open({update}) {
    const state = {lists: {}, datasets: undefined, recipes: new Map(), details: new Map(), fault: undefined};
    const keep = (promise, take) => promise.then(take, fault => { state.fault = fault; }).then(update);
    for (const bucket of ['models', 'contexts', 'benchmarks']) {
        keep(get(path('artefacts', bucket)), found => { state.lists[bucket] = found; });
    }
    keep(get('/datasets'), found => {
        state.datasets = found;
        [...new Set(found.map(dataset => dataset.run))].slice(0, 200).forEach(run =>
            keep(get(path('runs', run, 'recipe')), recipe => state.recipes.set(run, recipe)));
    });
    const show = (dataset, event) => {
        const key = `${dataset.run}/${dataset.version}`;
        if (event.target.open && !state.details.has(key)) {
            keep(get(path('datasets', dataset.run, dataset.version)), found => state.details.set(key, found));
        }
    };
    return {title: 'Artefacts', view: () => page(state, show)};
}

const trained = (run, version) => `fr-${run}-v${version}`;
const folders = objects => Map.groupBy(objects ?? [], object => object.key.split('/')[0]);
const size = objects => bytes(objects.reduce((sum, object) => sum + object.bytes, 0));

function page({lists, datasets, recipes, details, fault}, show) {
    const models = folders(lists.models);
    return html`
        <div class="head"><h1>Artefacts</h1></div>
        ${fault ? html`<p class="note bad" role="alert">${fault.message}</p>` : nothing}
        <section class="card"><h2>Datasets</h2>
            ${datasets?.length === 0 ? html`<p class="soft">None is packed yet.</p>` : nothing}
            ${(datasets ?? []).map(dataset => oneDataset(dataset, recipes.get(dataset.run), models, details.get(`${dataset.run}/${dataset.version}`), show))}</section>
        <section class="card"><h2>Generators and ${term('recognisers', 'recogniser')}</h2>
            ${lists.models && !models.size ? html`<p class="soft">None yet.</p>` : nothing}
            ${[...models].map(([name, files]) => html`<details class="section" id="model-${name}">
                <summary>${name} <span class="soft small">${plural(files.length, 'file')}, ${size(files)}${maker(name)}</span></summary>${downloads('models', files)}</details>`)}</section>
        <div class="columns">
            <section class="card"><h2>Contexts</h2>${plain('contexts', lists.contexts, 'Contexts are drawn from the seed where a recipe names no file.')}</section>
            <section class="card"><h2>Benchmarks</h2>${plain('benchmarks', lists.benchmarks, 'None are stored.')}</section>
        </div>`;
}

function maker(name) {
    const made = name.match(/^fr-(.+)-v(\d+)$/);
    return made ? html`, trained on <a href="#${path('runs', made[1])}">${made[1]}</a> version ${made[2]}` : '';
}

const plain = (bucket, objects, none) => (objects?.length ? downloads(bucket, objects) : html`<p class="soft">${objects ? none : ''}</p>`);

const downloads = (bucket, objects) => html`<table><tbody>${objects.map(({key, bytes: n}) => html`<tr>
    <td><a href=${`/artefacts/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`} download>${key}</a></td><td class="number">${bytes(n)}</td></tr>`)}</tbody></table>`;

function oneDataset(dataset, recipe, models, detail, show) {
    const {run, version, identities, images} = dataset;
    const recogniser = trained(run, version);
    return html`<details class="section" @toggle=${event => show(dataset, event)}>
        <summary>${run}, version ${version} <span class="soft small">${count(identities)} identities × ${plural(images, 'image')}</span></summary>
        <ol class="lineage" aria-label="What it was made of, and what was made of it">
            ${recipe ? html`<li>${recipe.contexts.file ? `contexts ${recipe.contexts.file}` : `contexts from seed ${recipe.seed}`}</li>
                <li>${recipe.sampling.model ? html`<a href="#/artefacts" @click=${event => reveal(event, recipe.sampling.model)}>${recipe.sampling.model}</a>` : recipe.sampling.sampler}</li>` : nothing}
            <li><b><a href="#${path('runs', run)}">${run}</a></b></li>
            ${models.has(recogniser) ? html`<li><a href="#/artefacts" @click=${event => reveal(event, recogniser)}>${recogniser}</a></li>` : nothing}
        </ol>
        ${detail ? html`<p class="small">Digest <code>${detail.digest}</code></p>
            <p class="small"><a href=${`/artefacts/evaluations/${encodeURIComponent(run)}/v${version}/report.html`}>Report</a> · packed as ${detail.formats.join(', ')}</p>
            ${downloads('datasets', detail.files)}` : nothing}
    </details>`;
}

function reveal(event, model) {
    event.preventDefault();
    const details = document.getElementById(`model-${model}`);
    if (details) {
        details.open = true;
        details.scrollIntoView();
        details.querySelector('summary').focus();
    }
}
