// One identity: its images, where faces were found in them, how it ended.
import {html, nothing, svg} from './libraries.js';
import {get, path} from './api.js';
import {badge, figure, when} from './format.js';

export function open({update}, run, number) {
    const ordinal = Number(number);
    const place = ['runs', run, 'identities', ordinal];
    let detail;
    let size;
    let fault;
    get(path(...place)).then(found => {
        detail = found;
        update();
    }, e => {
        fault = e;
        update();
    });
    const loaded = event => {
        size = [event.target.naturalWidth, event.target.naturalHeight];
        update();
    };

    const view = () => html`
        <div class="head"><h1>Identity ${ordinal}</h1>${detail ? badge(detail.identity.state) : nothing}
            <span class="soft">of <a href="#${path('runs', run)}">${run}</a></span>
            <nav class="actions" aria-label="Neighbours">
                ${ordinal > 0 ? html`<a class="button" href="#${path('runs', run, 'identities', ordinal - 1)}">Previous</a>` : nothing}
                <a class="button" href="#${path('runs', run, 'identities', ordinal + 1)}">Next</a></nav></div>
        ${fault ? html`<p class="note bad" role="alert">${fault.message}</p>` : nothing}
        ${detail ? content(place, detail, size, loaded) : nothing}`;
    return {title: `Identity ${ordinal} of ${run}`, view};
}

function content(place, {identity, aligned, block}, size, loaded) {
    return html`
        ${identity.reason ? html`<p class="note bad">${identity.reason} <span class="soft">(${identity.stage})</span></p>` : nothing}
        ${aligned && identity.state !== 'in_flight' ? html`<section class="card"><h2>Images</h2><div class="crops">${aligned.images.map((_, i) =>
            html`<img src=${path(...place, 'crops', `${i}.png`)} alt="Image ${i} of identity ${place[3]}" loading="lazy">`)}</div></section>` : nothing}
        <div class="columns">
            ${block ? html`<section class="card"><h2>As sampled, with the faces that were found</h2>${grid(place, block, aligned, size, loaded)}</section>` : nothing}
            <section class="card"><h2>How it was made</h2>${facts(identity, block?.origin, aligned)}</section>
        </div>`;
}

function grid(place, block, aligned, size, loaded) {
    const src = path(...place, 'block.png');
    const {tile_size: tile = block.grid.tile, columns} = block.grid;
    const found = (aligned?.images ?? []).filter(crop => crop.face);
    return size === undefined ? html`<img class="block" src=${src} alt="All images as sampled" @load=${loaded}>` : html`
        <svg class="block" viewBox="0 0 ${size[0]} ${size[1]}" role="img" aria-label="All images as sampled; boxes and points show where a face was found">
            <image href=${src} width=${size[0]} height=${size[1]}></image>
            ${found.map(({tile: at, face: {box, points}}) => svg`<g transform="translate(${(at % columns) * tile} ${Math.floor(at / columns) * tile})">
                <rect x=${box.x1} y=${box.y1} width=${box.x2 - box.x1} height=${box.y2 - box.y1}></rect>
                ${points.map(({x, y}) => svg`<circle cx=${x} cy=${y} r="1.7"></circle>`)}</g>`)}
        </svg>`;
}

function facts(identity, origin, aligned) {
    const sure = (aligned?.images ?? []).filter(c => c.face).map(c => c.face.score);
    const rows = [
        ['Last stage passed', identity.reached],
        ['Announced again', `${identity.attempt} times`],
        ['Last heard of', when(identity.heard)],
        ['Sampler', origin && [origin.sampler.name, origin.sampler.version].join(' ')],
        ['Generator', origin?.model],
        ['Device', origin?.device],
        ['Images with a face', aligned && `${sure.length} of ${aligned.images.length}`],
        ['Least sure face', sure.length ? figure(Math.min(...sure)) : undefined],
    ];
    return html`<table><tbody>${rows.filter(([, value]) => value).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>`;
}
