import http from 'node:http';
import { memoryStorage } from '../../../lessons/09-logic/memory.ts';

const menu = memoryStorage().collection('menu', { initial: [{ id: 2, version: 1 }] });

http.createServer(async (req, res) => {
  const [, , id] = req.url.split('/');
  const isGone = await menu.remove(id);
  res.end(isGone ? 'Gone.' : 'There was none.');
}).listen(3000);
