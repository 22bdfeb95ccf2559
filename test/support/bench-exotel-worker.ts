import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { callXml, sendXml } from './fake-exotel.ts';

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    const arrivedAt = String(process.hrtime.bigint());
    sendXml(response, 200, callXml({ Sid: arrivedAt, Status: 'completed' }));
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.
parentPort?.postMessage(`http://127.0.0.1:${port}`);
