// The identities of a run as far as they were looked at: asked for in pages, once; changed by events.
import {get, path} from './api.js';

const PAGE = 200;

/** Tells of a `change` of what is known, or of how many there are. */
export class Identities extends EventTarget {
    #known = new Map();
    #pages = new Set();
    #total = 0;

    constructor(run) {
        super();
        this.run = run;
    }

    get total() {
        return this.#total;
    }

    set total(total) {
        if (total !== this.#total) {
            this.#total = total;
            this.#changed();
        }
    }

    get(ordinal) {
        return this.#known.get(ordinal);
    }

    /** What was heard of identities. */
    take(news) {
        news.forEach(identity => this.#known.set(identity.ordinal, identity));
        this.#changed();
    }

    /** All that is known may be out of date: what is seen is asked for again. */
    refresh() {
        this.#pages.clear();
        this.#changed();
    }

    /** Sees to it that these are known. */
    want(first = 0, last = -1) {
        for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
            if (!this.#pages.has(page)) {
                this.#pages.add(page);
                get(`${path('runs', this.run, 'identities')}?from=${page * PAGE}&limit=${PAGE}`)
                    .then(found => this.take(found))
                    .catch(() => this.#pages.delete(page));
            }
        }
    }

    #changed() {
        this.dispatchEvent(new Event('change'));
    }
}
