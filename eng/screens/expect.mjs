// expect.mjs NODE_MODULES DIRECTORY: adds random streams to DIRECTORY, and beside each NAME.bytes writes NAME.screens: what xterm.js shows
// after some of its bytes. A screen is "@ OFFSET COLUMN ROW PAGE" (the cursor; u or a: usual or alternate page), then a line for each row: its
// text without blanks at the end, a tab, and runs "START-END:FOREGROUND,BACKGROUND,LOOK" of cells that don't look as usual.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
const [modules, directory] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'x'));
const { Terminal } = require('@xterm/headless');
const { Unicode11Addon } = require('@xterm/addon-unicode11');
const version = name => JSON.parse(fs.readFileSync(path.join(modules, name, 'package.json'))).version;
console.log(`xterm.js headless ${version('@xterm/headless')}, unicode11 ${version('@xterm/addon-unicode11')}, node ${process.versions.node}`);
const columns = 80, rows = 24, screensPerFile = 25;

// mulberry32: the same streams whenever it runs.
let seed = 20261121;
const random = n => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
};
const of = list => list[random(list.length)];
const words = ['a', 'Hello, world', 'x'.repeat(100), '日本語', 'é', 'e\u0301', '한국', '😀', 'ｗ', 'ab\u0308c', '→', '~`jklmnqx'];
const number = () => of(['', '0', '1', '2', '3', '5', '8', '10', '24', '40', '79', '80', '81', '200', '99999', '4294967297', '99999999999999999999']);
const small = () => of(['', '0', '1', '2', '3', '7', '30']);
const units = [
    () => of(words), () => of(words), () => of(words), () => of(words),
    () => of(['\r\n', '\n', '\r', '\b', '\t', '\x07', '\v', '\f', '\x00', '\x7f']),
    () => `\x1b[${number()};${number()}H`, () => `\x1b[${number()}${of('ABCDEFGaede`')}`,
    () => `\x1b[${of(['', 0, 1, 2])}${of('JK')}`, () => `\x1b[${number()}${of('@PX')}`, () => `\x1b[${small()}${of('LMS')}`,
    () => `\x1b[49m\x1b[${small()}T`, () => `\x1b[${random(24) + 1};${random(24) + 1}r`, () => '\x1b[r',
    () => `\x1b${of('DEM')}`, () => `\x1b[${of([0, 1, 2, 3, 4, 5, 7, 8, 9, 21, 22, 23, 24, 25, 27, 28, 29, 53, 55, 31, 42, 93, 104, 39, 49])}m`,
    () => `\x1b[38;5;${random(256)}m`, () => `\x1b[48;2;${random(256)};${random(256)};${random(256)}m`, () => '\x1b[48:2::1:2:3m',
    () => `\x1b[1;3${random(8)};4${random(8)}m`, () => '\x1b[m', () => '\x1b[4:3m', () => '\x1b[38:5:99m',
    // Narrow characters only: what xterm.js leaves of a wide one that doesn't fit isn't what terminals show.
    () => `\x1b[4h${of(words.slice(0, 3))}\x1b[4l`, () => `\x1b[?7l${of(words.slice(0, 3))}\x1b[?7h`, () => `\x1b[?25${of('hl')}`,
    () => `\x1b(0${of(words.slice(0, 3))}lqk\x1b(B`, () => '\x1b)0\x0ex\x0f\x1b)B',
    () => `\x1b[${small()}${of('IZ')}`, () => '\x1bH', () => `\x1b[${of(['', 0, 3])}g`, () => `A\x1b[${of([1, 2, 5, 100])}b`,
    () => `世\x1b[${of([1, 2, 5, 100])}b`,
    () => '\x1b7', () => '\x1b8', () => '\x1b[s', () => '\x1b[u', () => `\x1b[?${of([47, 1047, 1049, 1048])}${of('hl')}`,
    () => '\x1b]0;title\x07', () => '\x1b]52;c;aGk=\x1b\\', () => '\x1bP$qm\x1b\\', () => '\x1b_apc\x1b\\', () => '\x1bXsos\x1b\\', () => '\x9b1m', () => '\x84',
    () => '\x1b[1\x1a', () => '\x1b[>c', () => '\x1b[?6n', () => '\x1b[5n', () => '\x1b[1$p', () => '\x1b[ q', () => '\x1b[!p', () => '\x1b[3;\nm',
    () => `\x1b[${small()}${of([' @', ' A'])}`, () => '\x1b[31;1;;4;m', () => '\x1b[<1h', () => '\x1b[1:2:3;4m',
];
for (let file = 0; file < 40; file++) {
    let text = '';
    for (let count = 0; count < 400; count++) text += of(units)();
    fs.writeFileSync(path.join(directory, `random-${String(file).padStart(2, '0')}.bytes`), text);
}
// Any bytes at all: what isn't UTF-8 is told to xterm.js as the U+FFFD that decoders put there.
for (let file = 0; file < 10; file++) {
    const bytes = Buffer.alloc(8000);
    for (let index = 0; index < bytes.length; index++) bytes[index] = random(4) ? 0x20 + random(0x5f) : of([0x1b, 0x5b, 0x0a, 0x0d, 0x08, 0x3b, 0x41, 0x48, random(0x80)]);
    for (let index = 0; index < bytes.length; index++) if (bytes[index] === 0x0e || (bytes[index] === 0x1b && bytes[index + 1] >= 0x28 && bytes[index + 1] <= 0x2f)) bytes[index] = 0x20;
    fs.writeFileSync(path.join(directory, `bytes-${file}.bytes`), bytes);
}

const look = cell => (cell.isBold() ? 1 : 0) | (cell.isDim() ? 2 : 0) | (cell.isItalic() ? 4 : 0) | (cell.isUnderline() ? 8 : 0) | (cell.isBlink() ? 16 : 0) |
    (cell.isInverse() ? 32 : 0) | (cell.isInvisible() ? 64 : 0) | (cell.isStrikethrough() ? 128 : 0) | (cell.isOverline() ? 256 : 0);
const color = (isDefault, isRgb, value) => isDefault ? '-' : isRgb ? '#' + value.toString(16).padStart(6, '0') : String(value);
function dump(terminal, offset) {
    const buffer = terminal.buffer.active;
    const lines = [`@ ${offset} ${Math.min(buffer.cursorX, columns - 1)} ${buffer.cursorY} ${buffer.type === 'alternate' ? 'a' : 'u'}`];
    for (let row = 0; row < rows; row++) {
        const line = buffer.getLine(buffer.baseY + row);
        let text = '', runs = [], last = '', start = 0;
        for (let column = 0; column <= columns; column++) {
            let style = '';
            if (column < columns) {
                const cell = line.getCell(column);
                if (cell.getWidth() > 0) text += cell.getChars() || ' ';
                style = `${color(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor())},${color(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor())},${look(cell)}`;
                if (style === '-,-,0') style = '';
            }
            if (style !== last) {
                if (last) runs.push(`${start}-${column}:${last}`);
                [last, start] = [style, column];
            }
        }
        lines.push(`${text.replace(/ +$/, '')}\t${runs.join(' ')}`);
    }
    return lines.join('\n') + '\n';
}
for (const name of fs.readdirSync(directory).filter(name => name.endsWith('.bytes')).sort()) {
    const bytes = fs.readFileSync(path.join(directory, name));
    const terminal = new Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true, logLevel: 'off' });
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let screens = '', from = 0;
    for (let step = 1; step <= screensPerFile; step++) {
        const to = Math.floor(bytes.length * step / screensPerFile);
        const text = decoder.decode(bytes.subarray(from, to), { stream: true });
        await new Promise(done => terminal.write(text, done));
        screens += dump(terminal, to);
        from = to;
    }
    fs.writeFileSync(path.join(directory, name.replace(/bytes$/, 'screens')), screens);
}
