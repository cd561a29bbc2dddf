// Which page is shown, by the address after #, and when it is drawn.
import {html, nothing, render} from './libraries.js';
import * as artefacts from './artefacts.js';
import * as compare from './compare.js';
import * as runs from './runs.js';
import * as run from './run.js';
import * as identity from './identity.js';
import * as letters from './letters.js';
import * as start from './start.js';

const PAGES = [
    {pattern: /^\/?$/, open: runs.open, nav: '/'},
    {pattern: /^\/start$/, open: start.open, nav: '/start'},
    {pattern: /^\/dead-letters$/, open: letters.open, nav: '/dead-letters'},
    {pattern: /^\/artefacts$/, open: artefacts.open, nav: '/artefacts'},
    {pattern: /^\/compare$/, open: compare.open, nav: '/'},
    {pattern: /^\/runs\/([^/]+)$/, open: run.open, nav: '/'},
    {pattern: /^\/runs\/([^/]+)\/identities\/(\d+)$/, open: identity.open, nav: '/'},
];
const NAVIGATION = [['/', 'Runs'], ['/start', 'Start a run'], ['/artefacts', 'Artefacts'], ['/dead-letters', 'Dead letters']];

const main = document.getElementById('main');
const connection = document.getElementById('connection');
let page;
let drawn = false;

const absent = () => ({title: 'No such page', view: () => html`<h1>No such page</h1><p><a href="#/">All runs</a></p>`});

function connected(state) {
    connection.className = state;
    connection.textContent = {live: 'Live', broken: 'Connection lost, trying again …', '': ''}[state];
}

function navigate() {
    page?.close?.();
    connected('');
    const [address, query] = location.hash.slice(1).split('?');
    const found = PAGES.find(({pattern}) => pattern.test(address));
    const values = found ? address.match(found.pattern).slice(1).map(decodeURIComponent) : [];
    page = (found?.open ?? absent)({update, connected, query: new URLSearchParams(query)}, ...values);
    render(NAVIGATION.map(([to, name]) =>
        html`<a href="#${to}" aria-current=${found?.nav === to ? 'page' : nothing}>${name}</a>`), document.getElementById('pages'));
    draw();
    scrollTo(0, 0);
    main.focus({preventScroll: true});
}

/** Draws the page before the next frame, however often it is asked. */
function update() {
    if (!drawn) {
        drawn = true;
        requestAnimationFrame(draw);
    }
}

function draw() {
    drawn = false;
    document.title = `${page.title} – Facemill`;
    render(page.view(), main);
}

addEventListener('hashchange', navigate);
navigate();
