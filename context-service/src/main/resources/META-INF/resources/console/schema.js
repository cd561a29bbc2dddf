// A recipe's JSON Schema as fields of a form.

/** Follows references and conditions on what is chosen, such as `type` or `source`: what holds for this value. */
export function resolve(schema, root, value) {
    let found = schema;
    while (found?.$ref) {
        const {$ref, ...beside} = found;
        found = {...root.$defs[$ref.split('/').at(-1)], ...beside};
    }
    for (const rule of found?.allOf ?? []) {
        const [key, condition] = Object.entries(rule.if?.properties ?? {})[0] ?? [];
        if (condition?.const !== undefined && condition.const === value?.[key]) {
            found = {...found, properties: {...rule.then.properties, [key]: found.properties[key]}};
        }
    }
    return found ?? {};
}

/** What of one value is not so in another; undefined where all is. */
export function difference(value, base) {
    if (isObject(value) && isObject(base) && value.type === base.type) {
        const parts = Object.keys(value)
            .map(key => [key, difference(value[key], base[key])])
            .filter(([, part]) => part !== undefined);
        if (parts.length && value.type !== undefined) {
            parts.unshift(['type', value.type]);
        }
        return parts.length ? Object.fromEntries(parts) : undefined;
    }
    return JSON.stringify(value) === JSON.stringify(base) ? undefined : value;
}

/** The value at a path such as ['sampling', 'steps']; undefined where there is none. */
export const at = (value, path) => path.reduce((inner, key) => inner?.[key], value);

/** The same with another value at a path; without it where that is undefined. */
export function put(value, [key, ...rest], inner) {
    const changed = {...(isObject(value) ? value : {})};
    const next = rest.length ? put(changed[key], rest, inner) : inner;
    if (next === undefined || (rest.length && Object.keys(next).length === 0)) {
        delete changed[key];
    } else {
        changed[key] = next;
    }
    return changed;
}

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
