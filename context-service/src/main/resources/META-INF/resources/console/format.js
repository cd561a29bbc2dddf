// Numbers, times and words for people.
import {html} from './libraries.js';

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

export const count = n => whole.format(n);
export const figure = n => (Number.isFinite(n) ? short.format(n) : '–');
export const percent = share => (Number.isFinite(share) ? short.format(share * 100) + ' %' : '–');
export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

export function rate(perSecond) {
    if (!(perSecond > 0)) {
        return '';
    }
    return perSecond >= 0.5 ? `${figure(perSecond)} a second` : `${figure(perSecond * 60)} a minute`;
}

export function duration(seconds) {
    if (!Number.isFinite(seconds)) {
        return '';
    }
    const s = Math.max(1, Math.round(seconds));
    if (s < 90) {
        return `${s} s`;
    }
    if (s < 5400) {
        return `${Math.round(s / 60)} min`;
    }
    const hours = Math.floor(s / 3600);
    return hours < 48 ? `${hours} h ${Math.round((s % 3600) / 60)} min` : `${Math.round(s / 86400)} days`;
}

export function when(instant) {
    return new Date(instant).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'});
}

export function bytes(n) {
    const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
    let at = 0;
    for (; n >= 1000 && at < units.length - 1; at++) {
        n /= 1000;
    }
    return `${figure(n)} ${units[at]}`;
}

const GLOSSARY = {
    EER: 'Equal error rate: at the threshold where as many pairs of the same identity are refused as pairs of two'
        + ' identities are accepted. Lower means that identities are easier to tell apart.',
    genuine: 'Pairs of images of the same identity',
    impostor: 'Pairs of images of two identities',
    FMR100: 'The share of genuine pairs refused where 1 % of impostor pairs are accepted',
    FMR1000: 'The share of genuine pairs refused where 0.1 % of impostor pairs are accepted',
    AUC: 'How often a genuine pair is more alike than an impostor pair; 1 is always',
    FDR: 'How far the scores of genuine and impostor pairs lie apart, measured by how much they scatter',
    surplus: 'Complete, but not needed: enough identities of lower number are complete',
    discarded: 'Left out, because a face was found in too few of the images',
    failed: 'A stage could not work on it',
    cancelled: 'Still in the works when the run ended',
    'in flight': 'In the works',
    issued: 'All identities that were begun',
    'cosine similarity': 'How alike two images are to the recogniser, from -1 to 1',
    'dead letter': 'A record that a stage could not work on, put aside with its reason',
    recogniser: 'A network that tells whether two images show the same face',
    loss: 'What the training lowers: how wrong the network still is',
};

/** A word of the field with its meaning on hover. */
export const term = (word, key = word) => html`<abbr title=${GLOSSARY[key]}>${word}</abbr>`;

export const badge = state => html`<span class="badge ${state}">${state.replace('_', ' ')}</span>`;
