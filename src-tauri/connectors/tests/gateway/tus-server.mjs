// Somebody else's tus server, for the client to upload to: `node tus-server.mjs FOLDER`. Prints its address once it listens, and ends
// when its standard input does.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../../../ui/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Server } = await load("@tus/server");
const { FileStore } = await load("@tus/file-store");

const tus = new Server({ path: "/uploads", datastore: new FileStore({ directory: process.argv[2] }) });
const server = createServer((request, response) => tus.handle(request, response));
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/uploads`);
});
process.stdin.on("end", () => process.exit(0)).resume();
