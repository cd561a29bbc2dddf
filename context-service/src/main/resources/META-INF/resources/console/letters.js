// What stages could not work on: why, what it was; send it again, or leave it be.
import {html, nothing, repeat} from './libraries.js';
import {get, path, send} from './api.js';
import {plural, term, when} from './format.js';

export function open({update, query}) {
    const state = {letters: undefined, open: undefined, all: false, said: '', fault: undefined, run: query.get('run')};
    const place = letter => path('dead-letters', ...letter.id.split('/'));
    const attempt = async act => {
        try {
            state.fault = undefined;
            await act();
        } catch (error) {
            state.fault = error;
        }
        update();
    };
    const load = () => attempt(async () => {
        state.letters = await get('/dead-letters' + (state.run ? `?run=${encodeURIComponent(state.run)}` : ''));
    });
    const actions = {
        load,
        toggle: letter => attempt(async () => {
            state.open = state.open?.id === letter.id ? undefined : await get(place(letter));
        }),
        replay: letter => attempt(async () => {
            await send('POST', `${place(letter)}/replay`);
            state.said = `Sent to ${letter.topic} again.`;
            await load();
        }),
        dismiss: letter => attempt(async () => {
            await send('DELETE', place(letter));
            state.said = 'Dismissed.';
            await load();
        }),
        showAll: event => {
            state.all = event.target.checked;
            update();
        },
    };
    addEventListener('focus', load);
    load();
    return {title: 'Dead letters', view: () => page(state, actions), close: () => removeEventListener('focus', load)};
}

const done = letter => letter.replayed || letter.dismissed;

function page({letters, open: shown, all, said, fault, run}, actions) {
    const listed = (letters ?? []).filter(letter => all || !done(letter));
    const hidden = (letters ?? []).length - listed.length;
    return html`
        <div class="head"><h1>${term('Dead letters', 'dead letter')}</h1>
            ${run ? html`<span class="soft">of run <a href="#${path('runs', run)}">${run}</a></span>` : nothing}
            <div class="actions">
                <label class="check"><input type="checkbox" .checked=${all} @change=${actions.showAll}> also those that are dealt with${
                    hidden && !all ? ` (${hidden})` : ''}</label>
                <button @click=${actions.load}>Look again</button></div></div>
        ${fault ? html`<p class="note bad" role="alert">${fault.message}</p>` : nothing}
        <p role="status" class="soft">${said}</p>
        ${letters && !listed.length ? html`<div class="card"><p>${hidden ? 'All are dealt with.' : 'None: every stage could work on all that it was sent.'}</p></div>` : nothing}
        ${repeat(listed, letter => letter.id, letter => entry(letter, shown?.id === letter.id ? shown : undefined, actions))}
        ${letters?.length ? html`<p class="soft small">${plural(letters.length, 'record')} in all. A record stays in its topic for 7 days.</p>` : nothing}`;
}

function entry(letter, full, actions) {
    return html`<article class="card letter" aria-label="Dead letter ${letter.id}">
        <div class="head">
            <h2>${letter.stage} could not work on ${letter.key || 'a record without a key'}</h2>
            <span class="soft small">${when(letter.when)}</span>
            <div class="actions">
                <button @click=${() => actions.toggle(letter)} aria-expanded=${Boolean(full)}>${full ? 'Close' : 'Show'}</button>
                ${letter.topic ? html`<button @click=${() => actions.replay(letter)}>Send again</button>` : nothing}
                ${done(letter) ? nothing : html`<button @click=${() => actions.dismiss(letter)}>Dismiss</button>`}
            </div></div>
        <p>${letter.reason}</p>
        <p class="soft small">${letter.topic ? `from ${letter.topic}` : 'it does not say where it came from'}${letter.position ? `, ${letter.position}` : ''} → ${letter.id}
            ${letter.replayed ? `→ sent again ${when(letter.replayed)}` : ''} ${letter.dismissed ? `→ dismissed ${when(letter.dismissed)}` : ''}</p>
        ${full ? html`
            <h3>Headers</h3>
            <div class="scroll" tabindex="0"><table><tbody>${Object.entries(full.headers).map(([name, value]) =>
                html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
            <h3>Value</h3><pre tabindex="0">${pretty(full.value)}</pre>` : nothing}
    </article>`;
}

function pretty(value) {
    try {
        return JSON.stringify(JSON.parse(value), undefined, 2);
    } catch {
        return value || '(empty)';
    }
}
