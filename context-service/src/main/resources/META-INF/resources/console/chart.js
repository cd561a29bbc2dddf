// <fm-chart>: a curve over a number, drawn by uPlot in the page's colours.
import {Plot} from './libraries.js';

const HEIGHT = 240;
const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * Its property `data` is {x: label, y: label, series: [{label, colour, fill}], columns: [[x...], [y...], ...], log, min, max}; colours
 * are names of custom properties.
 */
class Chart extends HTMLElement {
    #data;
    #plot;
    #shape;
    #resized = new ResizeObserver(() => this.#plot?.setSize({width: this.clientWidth, height: HEIGHT}));
    #recoloured = () => this.#draw(true);

    set data(data) {
        this.#data = data;
        if (this.isConnected) {
            this.#draw(false);
        }
    }

    connectedCallback() {
        dark.addEventListener('change', this.#recoloured);
        this.#draw(true);
        this.#resized.observe(this);
    }

    disconnectedCallback() {
        dark.removeEventListener('change', this.#recoloured);
        this.#resized.disconnect();
        this.#plot?.destroy();
        this.#plot = undefined;
    }

    #draw(afresh) {
        if (!this.#data) {
            return;
        }
        const shape = JSON.stringify([this.#data.series, this.#data.x, this.#data.y]);
        if (this.#plot && !afresh && shape === this.#shape) {
            this.#plot.setData(this.#data.columns);
            return;
        }
        this.#plot?.destroy();
        this.#shape = shape;
        this.#plot = new Plot(this.#options(), this.#data.columns, this);
    }

    #options() {
        const {x, y, series, log, min, max} = this.#data;
        const axis = label => ({
            label,
            labelSize: 22,
            labelFont: '12px system-ui, sans-serif',
            font: '12px system-ui, sans-serif',
            stroke: this.#colour('--soft'),
            grid: {stroke: this.#colour('--line'), width: 1},
            ticks: {show: false},
        });
        return {
            width: this.clientWidth || 400,
            height: HEIGHT,
            scales: {
                x: {time: false, distr: log ? 3 : 1},
                y: {range: (_, low, high) => [min ?? Math.min(0, low), max ?? (high > 0 ? high * 1.08 : 1)]},
            },
            axes: [{...axis(x), size: 42}, {...axis(y), size: 52}],
            series: [{label: x}, ...series.map(({label, colour, fill}) => ({
                label,
                stroke: this.#colour(colour),
                width: 2,
                fill: fill ? this.#colour(colour) + '33' : undefined,
                points: {show: false},
                value: (_, v) => (v == null ? '–' : Number(v.toPrecision(3))),
            }))],
            cursor: {points: {size: 6}},
        };
    }

    /** A colour as the canvas takes it, resolved for light or dark. */
    #colour(name) {
        const probe = document.createElement('i');
        probe.style.color = `var(${name})`;
        this.append(probe);
        const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
        probe.remove();
        return '#' + [r, g, b].map(v => Math.round(v).toString(16).padStart(2, '0')).join('');
    }
}

customElements.define('fm-chart', Chart);
