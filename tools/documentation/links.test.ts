import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownFiles, root } from './examples.js';

/** Headings as GitHub names them in links. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('links in the documentation', () => {
  it.each(markdownFiles())('%s: lead somewhere', (file) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [to = '', anchor] = link.split('#');
      const target = path.resolve(root, path.dirname(file), to);
      const there = to === '' ? path.join(root, file) : target;
      if (!fs.existsSync(there)) return true;
      return anchor !== undefined && !anchorsOf(fs.readFileSync(there, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});
