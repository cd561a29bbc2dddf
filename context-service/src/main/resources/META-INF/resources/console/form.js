// The fields of a recipe, made from its schema; what is left empty takes its default, which stands in the field.
import {html, live, nothing} from './libraries.js';
import {at, resolve} from './schema.js';

const FIRST = ['identities', 'images', 'seed', 'max_failures'];
const CHOICES = {
    'sampling.sampler': 'samplers', 'alignment.aligner': 'aligners', 'sampling.model': 'models', 'contexts.file': 'contexts',
    'evaluation.encoder': 'models', 'evaluation.benchmarks': 'benchmarks',
};
const SECTIONS = {
    contexts: 'Where identities come from', sampling: 'How images are made', alignment: 'How faces are found and cut',
    dataset: 'How the dataset is packed', training: 'Training of a recogniser', evaluation: 'How it is judged',
};

/**
 * @param form {schema, recipe, defaults, faults, choices}
 * @param change called with a path and its new value; undefined for the default
 */
export function fields(form, change) {
    const {properties} = form.schema;
    const sections = Object.keys(SECTIONS).filter(key => properties[key]);
    return html`
        ${lists(form.choices)}
        <div class="fields">${FIRST.map(key => field(form, change, [key]))}</div>
        ${sections.map(key => html`<details class="section" ?open=${key === 'sampling' || said(form, key)}>
            <summary>${SECTIONS[key]}</summary>
            <div class="fields">${inside(form, change, [key])}</div></details>`)}`;
}

const said = (form, key) => at(form.recipe, [key]) !== undefined || form.faults.some(f => f.path.startsWith(`$.${key}`));

const inside = (form, change, path) => {
    const schema = schemaAt(form, path);
    return Object.keys(schema.properties ?? {}).filter(key => key !== 'type' || schema.properties.type.enum)
        .map(key => field(form, change, [...path, key]));
};

function schemaAt(form, path) {
    let schema = form.schema;
    path.forEach((key, i) => {
        const place = path.slice(0, i);
        schema = resolve(schema.properties[key], form.schema, at(form.recipe, [...place, key]) ?? at(form.defaults, [...place, key]));
    });
    return schema;
}

function field(form, change, path) {
    const schema = schemaAt(form, path);
    const name = path.at(-1);
    if (schema.properties) {
        return html`<fieldset><legend>${words(name)}</legend><div class="fields">${inside(form, change, path)}</div></fieldset>`;
    }
    const id = `f-${path.join('-')}`;
    const faults = faultsAt(form, path);
    const described = [schema.description ? `${id}-help` : '', faults.length ? `${id}-fault` : ''].filter(Boolean).join(' ');
    const base = at(form.defaults, path) ?? schema.default;
    const set = value => change(path, value);
    const attributes = {id, described: described || nothing, invalid: faults.length > 0, value: at(form.recipe, path), base, set};
    return html`<div class="field">
        <label for=${id}>${words(name)}</label>
        ${control(schema, attributes, CHOICES[path.join('.')])}
        ${faults.map(fault => html`<p class="fault" id="${id}-fault">${fault.message}</p>`)}
        ${schema.description ? html`<p class="help" id="${id}-help">${schema.description.split('\n').map(line => html`${line}<br>`)}</p>` : nothing}
    </div>`;
}

function control(schema, {id, described, invalid, value, base, set}, choices) {
    const options = schema.enum ?? (schema.type === 'boolean' ? [true, false] : undefined);
    if (options) {
        const chosen = event => set(options.find(option => String(option) === event.target.value));
        return html`<select id=${id} aria-describedby=${described} aria-invalid=${invalid} @change=${chosen}>
            <option value="" ?selected=${value === undefined}>${base === undefined ? 'as the model has it' : `${word(base)} (default)`}</option>
            ${options.map(option => html`<option value=${String(option)} ?selected=${option === value}>${word(option)}</option>`)}</select>`;
    }
    const list = schema.type === 'array';
    const number = schema.type === 'integer' || schema.type === 'number';
    const shown = value === undefined ? '' : list && Array.isArray(value) ? value.join(', ') : String(value);
    const typed = event => {
        const text = event.target.value.trim();
        if (text === '') {
            set(undefined);
        } else if (list) {
            const items = text.split(/[\s,]+/).filter(Boolean);
            set(['integer', 'number'].includes(schema.items?.type) ? items.map(numbered) : items);
        } else {
            set(number ? numbered(text) : text);
        }
    };
    return html`<input id=${id} .value=${live(shown)} placeholder=${placeholder(base)} inputmode=${number ? 'decimal' : nothing}
        list=${choices ? `list-${choices}` : nothing} aria-describedby=${described} aria-invalid=${invalid} autocomplete="off" @change=${typed}>`;
}

/** What is no number stays as it was written, for the service to name. */
const numbered = text => (Number.isFinite(Number(text)) ? Number(text) : text);
const placeholder = base => (base === undefined ? 'as the model has it' : Array.isArray(base) ? base.join(', ') || 'none' : String(base) || 'none');
const word = value => (value === true ? 'yes' : value === false ? 'no' : value);
const words = name => name.replaceAll('_', ' ');

const lists = choices => Object.entries(choices).map(([name, values]) =>
    html`<datalist id="list-${name}">${values.map(value => html`<option value=${value}></option>`)}</datalist>`);

function faultsAt({faults}, path) {
    const place = '$.' + path.join('.');
    return faults.filter(fault => fault.path === place || fault.path.startsWith(place + '['));
}

/** The faults that are at no field of the form. */
export function faultsElsewhere(form) {
    const leaves = [];
    const walk = path => {
        const schema = path.length ? schemaAt(form, path) : form.schema;
        if (schema.properties) {
            Object.keys(schema.properties).forEach(key => walk([...path, key]));
        } else {
            leaves.push(path);
        }
    };
    walk([]);
    return form.faults.filter(fault => !leaves.some(path => faultsAt({faults: [fault]}, path).length));
}
