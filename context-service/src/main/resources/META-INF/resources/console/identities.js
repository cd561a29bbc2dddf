// The identities of a run as far as they were looked at: asked for in pages, changed by events.
import {get, path} from './api.js';

const PAGE = 200;

export class Identities {
    #known = new Map();
    #pages = new Map();
    #changed;
    total = 0;

    constructor(run, changed) {
        this.run = run;
        this.#changed = changed;
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
    want(first, last) {
        for (let page = Math.floor((first ?? 0) / PAGE); page <= Math.floor((last ?? -1) / PAGE); page++) {
            const asked = Math.min(this.total, (page + 1) * PAGE);
            if ((this.#pages.get(page) ?? -1) < asked) {
                this.#pages.set(page, asked);
                get(`${path('runs', this.run, 'identities')}?from=${page * PAGE}&limit=${PAGE}`)
                    .then(found => this.take(found))
                    .catch(() => this.#pages.delete(page));
            }
        }
    }
}
