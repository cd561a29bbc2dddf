// Start a run: a form and the recipe as YAML, side by side; either changes the other.
import {html, live, nothing, yaml} from './libraries.js';
import {get, path as address, send} from './api.js';
import {fields, faultsElsewhere} from './form.js';
import {count} from './format.js';
import {difference, put} from './schema.js';

const CHECK_AFTER = 350;

export function open({update, query}) {
    const form = {schema: undefined, recipe: {}, defaults: {}, choices: {}, faults: [], text: '', fault: undefined, busy: false};
    const from = query.get('from');
    let timer;
    let asked = 0;

    const refused = error => {
        form.faults = error.problem?.faults ?? [];
        form.fault = form.faults.length ? undefined : error;
    };
    async function load() {
        try {
            const before = from ? await get(address('runs', from, 'recipe')) : undefined;
            const [schema, defaults, choices] = await Promise.all([
                get('/contract/schemas/recipe.v1.json'),
                get('/recipes/defaults' + (before ? `?identities=${before.identities}` : '')),
                get('/recipes/choices'),
            ]);
            Object.assign(form, {schema, defaults, choices});
            const {identities, images} = before ?? defaults;
            written({identities, images, ...difference(before ?? {}, defaults)});
        } catch (error) {
            form.fault = error;
            update();
        }
    }
    function written(recipe) {
        form.recipe = recipe;
        form.text = yaml.dump(recipe, {flowLevel: 2, lineWidth: 100});
        changed();
    }
    function typed(text) {
        form.text = text;
        try {
            form.recipe = yaml.load(text) ?? {};
        } catch {
            // the service says what is wrong with it
        }
        changed();
    }
    function changed() {
        clearTimeout(timer);
        timer = setTimeout(check, CHECK_AFTER);
        update();
    }
    async function check() {
        const mine = ++asked;
        let answer;
        try {
            answer = {faults: (await send('POST', '/recipes/check', form.text)).faults, fault: undefined};
        } catch (fault) {
            answer = {fault};
        }
        if (mine === asked) {
            Object.assign(form, answer);
            update();
        }
    }
    async function start(event) {
        event.preventDefault();
        form.busy = true;
        update();
        try {
            const {run} = await send('POST', '/runs', form.text);
            location.hash = address('runs', run);
        } catch (error) {
            refused(error);
            form.busy = false;
            update();
            requestAnimationFrame(() => document.querySelector('[aria-invalid=true]')?.focus());
        }
    }
    const change = (path, value) => written(put(form.recipe, path, value));
    load();
    return {
        title: from ? `Start ${from} again` : 'Start a run',
        view: () => page(form, from, {change, typed, start}),
        close: () => clearTimeout(timer),
    };
}

function page(form, from, {change, typed, start}) {
    const {identities, images} = form.recipe;
    const elsewhere = form.schema ? faultsElsewhere(form) : [];
    return html`
        <div class="head"><h1>${from ? html`Start again with changes` : 'Start a run'}</h1>
            ${from ? html`<span class="soft">from <a href="#${address('runs', from)}">${from}</a></span>` : nothing}</div>
        ${form.fault ? html`<p class="note bad" role="alert">${form.fault.message}</p>` : nothing}
        ${form.schema ? html`<form class="recipe" @submit=${start} novalidate>
            <div class="card">${fields(form, change)}</div>
            <div class="beside"><div class="card">
                <h2><label for="yaml">The recipe as YAML</label></h2>
                <textarea class="code" id="yaml" rows="16" spellcheck="false" .value=${live(form.text)} @input=${e => typed(e.target.value)}></textarea>
                <p class="soft small">What it leaves out takes its default.</p>
                ${elsewhere.map(({path, message}) => html`<p class="fault" role="alert"><code>${path}</code> ${message}</p>`)}
                <p>${Number.isInteger(identities * images) ? `${count(identities * images)} images of ${count(identities)} identities.` : ''}</p>
                <button class="primary" ?disabled=${form.busy}>Start the run</button>
                <span class="soft small" role="status">${form.faults.length ? `${form.faults.length} to be mended` : ''}</span>
            </div></div></form>` : nothing}`;
}
