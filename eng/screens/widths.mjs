// widths.mjs NODE_MODULES: writes testdata/character-widths.tsv and TerminalWidth.Ranges.cs anew; NODE_MODULES holds get-east-asian-width (npm).
import fs from 'node:fs';
import path from 'node:path';
const root = path.join(import.meta.dirname, '..', '..');
const { wideRanges, fullwidthRanges } = await import(path.resolve(process.argv[2], 'get-east-asian-width/lookup-data.js'));
const width = new Uint8Array(0x110000).fill(1);
const zero = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7fb]$/u;
for (const r of [wideRanges, fullwidthRanges]) for (let i = 0; i < r.length; i += 2) width.fill(2, r[i], r[i+1]+1);
for (let c = 0x300; c < 0x110000; c++) if (!(c >= 0xd800 && c < 0xe000) && zero.test(String.fromCodePoint(c)) ) width[c] = 0;
const rows = []; for (let c = 0; c < 0x110000;) { let e = c; while (e + 1 < 0x110000 && width[e+1] === width[c]) e++; if (width[c] !== 1) rows.push([c, e, width[c]]); c = e + 1; }
fs.writeFileSync(path.join(root, 'testdata/character-widths.tsv'), '# first <tab> last <tab> columns; what is missing takes one. Columns 2: East_Asian_Width W and F of Unicode 17 (npm get-east-asian-width 1.7.0); 0: Mn, Me, Cf (from U+0300) and the\n# vowels and finals of Hangul, Unicode ' + process.versions.unicode + ' (node ' + process.versions.node + ').\n' + rows.map(r => `${r[0].toString(16).toUpperCase().padStart(4,'0')}\t${r[1].toString(16).toUpperCase().padStart(4,'0')}\t${r[2]}`).join('\n') + '\n');
let out = `namespace Akashi.Recordings;

/// <summary>How many columns a character takes on a terminal: 0, 1 or 2.</summary>
/// <remarks>The ranges are those of testdata/character-widths.tsv, which says where they come from; a test compares.</remarks>
public static partial class TerminalWidth
{
    // First, last, columns; ascending. Ranges that aren't here take one column.
    static ReadOnlySpan<int> Ranges =>
    [
`;
for (let i = 0; i < rows.length; i += 5) out += '        ' + rows.slice(i, i+5).map(r => `0x${r[0].toString(16).toUpperCase()}, 0x${r[1].toString(16).toUpperCase()}, ${r[2]},`).join(' ') + '\n';
out += '    ];\n}\n';
fs.writeFileSync(path.join(root, 'src/Akashi/Recordings/TerminalWidth.Ranges.cs'), out);
console.log(rows.length);
