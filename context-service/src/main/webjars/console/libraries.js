// The libraries of the pages, each once; Maven fills in the versions.
export {html, nothing, render, svg} from '/webjars/lit-html/${lit-html.version}/lit-html.js';
export {repeat} from '/webjars/lit-html/${lit-html.version}/directives/repeat.js';
export {live} from '/webjars/lit-html/${lit-html.version}/directives/live.js';
export {default as Plot} from '/webjars/uplot/${uplot.version}/dist/uPlot.esm.js';
export {default as yaml} from '/webjars/js-yaml/${js-yaml.version}/dist/js-yaml.mjs';
