import http from 'node:http';

const get = (url: string) => new Promise<http.IncomingMessage>((resolve, reject) => http.get(url, resolve).on('error', reject));

http.createServer(async (req, res) => {
  const answer = await get('http://127.0.0.1:9/price');
  answer.pipe(res);
}).listen(3000);
