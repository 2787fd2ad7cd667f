import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

type Picture = {
  readonly id: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly name: string;
};

/** The smallest PNG of a size: one grey, packed. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4);
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const keep = (desk: Desk, bytes: Buffer, name = 'table.png') =>
  desk.ask<Picture & ProblemBody>('POST', '/pictures', { name, data: bytes.toString('base64') });
const see = (desk: Desk, url: string) => desk.app.request(url);

describe('a picture for letters', () => {
  it('is kept once, and shown to whoever has its address, for ever', async () => {
    const desk = await openDesk();
    const { status, body } = await keep(desk, png(40, 30));
    expect(status).toBe(201);
    expect(body).toMatchObject({ width: 40, height: 30, name: 'table.png' });
    expect((await keep(desk, png(40, 30), 'again.png')).body.id).toBe(body.id);
    const shown = await see(desk, body.url);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('cache-control')).toContain('immutable');
    expect(shown.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(Buffer.from(await shown.arrayBuffer()).equals(png(40, 30))).toBe(true);
    await desk.passTime(1_000);
    await keep(desk, png(20, 20), 'newer.png');
    const { body: list } = await desk.ask<{ items: Picture[] }>('GET', '/pictures');
    expect(list.items.map(({ name }) => name)).toEqual(['newer.png', 'table.png']);
  });

  it.each([
    ['a drawing that can run', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['a head without a picture', png(0, 10)],
    ['one that is too wide', png(4_001, 1)],
    ['noise', Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3, 4])],
  ])('is refused when it is %s', async (_, bytes) => {
    const desk = await openDesk();
    const { status, body } = await keep(desk, bytes);
    expect(status).toBe(422);
    expect(body.errors?.[0]?.path).toBe('data');
  });

  it('is refused above 700 KB, with its size', async () => {
    const desk = await openDesk();
    const large = Buffer.concat([png(10, 10), Buffer.alloc(700_001)]);
    expect((await keep(desk, large)).body.errors?.[0]?.detail).toMatch(/takes 701 KB/);
  });

  it.each(['/pictures/..%2f..%2fapi-key', '/pictures/x.png', `/pictures/${'a'.repeat(32)}.svg`])(
    'is not to be had under %s',
    async (path) => {
      const desk = await openDesk();
      expect((await see(desk, `http://house.test${path}`)).status).toBe(404);
    },
  );
});
