// Reads the bytes of print jobs back through npos: `node read.js JOB…` → one line of JSON a job.
// {error, commands: ["ESC@", …], text, pictures: [{width, height, dots (base64, a bit a dot, rows of whole bytes)}]}
'use strict';

const fs = require('fs');
const npos = require('npos');

console.log = () => {}; // npos tells what it does on standard output, which is ours
console.warn = console.error;

function picture(raw, node) {
  const image = npos.codecs.raster.decode(raw, [{ offset: node.offset }]);
  const across = image.width >> 3;
  const dots = Buffer.alloc(across * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (image.getPixel(x, y) === 0) dots[y * across + (x >> 3)] |= 0x80 >> (x & 7);
    }
  }
  return { width: image.width, height: image.height, dots: dots.toString('base64') };
}

async function read(path) {
  const raw = fs.readFileSync(path);
  const found = npos.parser().analyze(raw);
  if (found.error) return { error: found.error.message, commands: [], text: '', pictures: [] };
  const commands = found.tree.map((node) => node.ascii + (node.fn || ''));
  const pictures = found.tree.filter((node) => node.ascii + node.fn === 'GSv0').map((node) => picture(raw, node));
  const parsed = await npos.parser().parse(raw);
  const texts = await npos.textualize(parsed.entries.filter((entry) => entry.type === 'text'), { ocr: false });
  return { error: null, commands, text: texts.join(''), pictures };
}

(async () => {
  for (const path of process.argv.slice(2)) process.stdout.write(JSON.stringify(await read(path)) + '\n');
})();
