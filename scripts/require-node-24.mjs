// npm puts the devDependency `node` (24) first on PATH; without it our TypeScript scripts cannot run.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Flowdial's scripts need Node 24, which \`npm ci\` installs into node_modules; this is ${process.version}.\n` +
      'Run `npm ci` again, without --ignore-scripts.\n',
  );
  process.exit(1);
}
