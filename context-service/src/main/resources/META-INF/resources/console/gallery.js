// <fm-gallery>: the contact sheets of a run, of which only those are in the page that can be seen.
import {html, render, repeat} from './libraries.js';
import {path} from './api.js';

const SMALLEST = 132;
const GAP = 9.6;
const ROW = 166 + GAP;
/** Rows above and below those that can be seen. */
const MARGIN = 2;

const pictured = ['aligned', 'cropped', 'encoded'];

/** Its property `identities` is an Identities of identities.js. */
class Gallery extends HTMLElement {
    #identities;
    #top = document.createElement('div');
    #cells = document.createElement('div');
    #bottom = document.createElement('div');
    #soon = false;
    #resized = new ResizeObserver(() => this.draw());
    #changed = () => {
        if (!this.#soon) {
            this.#soon = true;
            requestAnimationFrame(() => {
                this.#soon = false;
                this.draw();
            });
        }
    };

    connectedCallback() {
        this.#cells.className = 'cells';
        this.append(this.#top, this.#cells, this.#bottom);
        this.addEventListener('scroll', this.#changed, {passive: true});
        this.#resized.observe(this);
        this.#identities?.addEventListener('change', this.#changed);
    }

    disconnectedCallback() {
        this.#resized.disconnect();
        this.#identities?.removeEventListener('change', this.#changed);
    }

    set identities(identities) {
        this.#identities?.removeEventListener('change', this.#changed);
        this.#identities = identities;
        if (this.isConnected) {
            identities.addEventListener('change', this.#changed);
        }
        this.draw();
    }

    draw() {
        if (!this.#identities || !this.isConnected) {
            return;
        }
        const {total} = this.#identities;
        const columns = Math.max(1, Math.floor((this.clientWidth - 19.2 + GAP) / (SMALLEST + GAP)));
        const rows = Math.ceil(total / columns);
        const first = Math.max(0, Math.min(Math.floor(this.scrollTop / ROW), rows - 1) - MARGIN);
        const last = Math.min(rows, Math.ceil((this.scrollTop + this.clientHeight) / ROW) + MARGIN);
        this.#top.style.height = `${first * ROW}px`;
        this.#bottom.style.height = `${Math.max(0, (rows - last) * ROW)}px`;
        const ordinals = [];
        for (let ordinal = first * columns; ordinal < Math.min(total, last * columns); ordinal++) {
            ordinals.push(ordinal);
        }
        this.#identities.want(ordinals[0], ordinals.at(-1));
        render(repeat(ordinals, ordinal => ordinal, ordinal => this.#cell(ordinal)), this.#cells);
    }

    #cell(ordinal) {
        const identity = this.#identities.get(ordinal);
        const run = this.#identities.run;
        const state = identity?.state ?? 'in_flight';
        const word = state === 'in_flight' ? '' : state;
        return html`<a href="#${path('runs', run, 'identities', ordinal)}">
            <div class="picture">${pictured.includes(identity?.reached)
                ? html`<img src=${path('runs', run, 'identities', ordinal, 'aligned.png')} alt="" loading="lazy" decoding="async">`
                : identity ? state !== 'in_flight' ? '' : identity.reached === 'issued' ? 'waiting' : identity.reached : ''}</div>
            <div class="caption"><span>Identity ${ordinal}</span><span class="k-${state}">${word === 'complete' ? '' : word}</span></div>
        </a>`;
    }
}

customElements.define('fm-gallery', Gallery);
