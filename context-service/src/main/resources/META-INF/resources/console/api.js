// Requests to the service. What it refuses is an Error that carries the problem as the service tells it.

export async function get(path) {
    return answer(await fetch(path, {headers: {Accept: 'application/json, application/schema+json'}}));
}

export async function send(method, path, body, type = 'application/yaml') {
    return answer(await fetch(path, {method, body, headers: body === undefined ? {} : {'Content-Type': type}}));
}

async function answer(response) {
    if (response.ok) {
        return response.status === 204 ? undefined : response.json();
    }
    const problem = await response.json().catch(() => ({title: response.statusText, status: response.status}));
    throw Object.assign(new Error(problem.detail || problem.title), {problem});
}

/** Follows server-sent events until it is told to stop; opens the stream again whenever it breaks. */
export function follow(path, handlers, connection) {
    let source;
    let timer;
    function open() {
        source = new EventSource(path);
        source.onopen = () => connection('live');
        source.onerror = () => {
            connection('broken');
            if (source.readyState === EventSource.CLOSED) {
                timer = setTimeout(open, 1000);
            }
        };
        for (const [kind, handler] of Object.entries(handlers)) {
            source.addEventListener(kind, event => handler(JSON.parse(event.data)));
        }
    }
    open();
    return () => {
        clearTimeout(timer);
        source.close();
    };
}

/** A path of segments, whatever they hold. */
export function path(...segments) {
    return '/' + segments.map(encodeURIComponent).join('/');
}
