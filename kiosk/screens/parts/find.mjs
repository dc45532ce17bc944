// Which services a citizen means: the words as they stand, else the services that share the rarest pairs of characters with a sentence.

const MOST = 6; // guesses: more is a list to search in again
const RARE = 0.25; // share of the services that may have a pair which still says something

// `items`: [{ title, search }], both plain texts. Returns those that fit `query`, the likeliest first; all texts in any case and width.
export function found(items, query) {
    const asked = plain(query);
    const words = asked.split(" ").filter(word => word !== "");
    if (words.length === 0)
        return [];
    const hays = items.map(item => plain(item.title + " " + item.search));
    const whole = items.filter((_, at) => words.every(word => hays[at].includes(word)));
    if (whole.length > 0)
        return whole;
    const pieces = [].concat(...words.map(split)); // Qt knows no flatMap
    const scores = hays.map(() => 0);
    for (const piece of new Set(pieces)) {
        const having = hays.map((hay, at) => hay.includes(piece) ? at : -1).filter(at => at >= 0);
        if (having.length > 0 && having.length <= Math.max(1, items.length * RARE))
            having.forEach(at => scores[at] += 1 / having.length);
    }
    const best = Math.max(...scores);
    const order = items.map((_, at) => at).filter(at => scores[at] > 0 && scores[at] >= best / 2);
    return order.sort((one, other) => scores[other] - scores[one] || one - other).slice(0, MOST).map(at => items[at]);
}

function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s,.;:!?'"“”‘’，。；：！？、·（）()《》-]+/g, " ").trim();
}

// A Latin word stays whole; of Chinese every two neighbours are a piece.
function split(word) {
    const pieces = [];
    for (const run of word.match(/[a-z0-9]+|[^a-z0-9]+/g) || []) {
        if (/^[a-z0-9]/.test(run)) {
            if (run.length > 2)
                pieces.push(run);
        } else {
            for (let at = 0; at + 1 < run.length; at++)
                pieces.push(run.slice(at, at + 2));
        }
    }
    return pieces;
}
