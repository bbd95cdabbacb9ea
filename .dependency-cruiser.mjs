// The layers of mq, lowest first. A file may import its own layer and the layers that its row names;
// type-only imports count. ARCHITECTURE.md explains the rows; test/tidy.test.ts checks that the cruise saw every source.
const layers = {
  'src/kit': [],
  'src/protocol': ['src/kit'],
  'src/filter': ['src/kit', 'src/protocol'],
  'src/metrics': ['src/kit'],
  'src/remoting': ['src/kit', 'src/protocol'],
  'src/store': ['src/kit', 'src/protocol'],
  'src/namesrv': ['src/kit', 'src/protocol', 'src/remoting'],
  'src/broker': ['src/kit', 'src/protocol', 'src/filter', 'src/remoting', 'src/store'],
  'src/client': ['src/kit', 'src/protocol', 'src/remoting'],
  'src/admin': ['src/kit', 'src/protocol', 'src/client'],
  'src/http': ['src/kit', 'src/admin', 'src/metrics'],
  'src/http/client': ['src/kit', 'src/admin'],
  'src/daemon': ['src/kit', 'src/namesrv', 'src/broker', 'src/http', 'src/metrics', 'src/admin', 'src/client'],
  'src/cli': ['src/kit', 'src/admin', 'src/client', 'src/http/client'],
  commands: ['src/kit', 'src/cli', 'src/admin', 'src/client', 'src/daemon']
}

// The one door through which a package enters.
const doors = {
  level: '^src/store/database\\.ts$',
  pino: '^src/kit/log\\.ts$',
  fastify: '^src/http/',
  undici: '^src/kit/fetch\\.ts$',
  'prom-client': '^src/metrics/',
  'lz4-napi': '^src/protocol/lz4\\.ts$',
  '@bokuweb/zstd-wasm': '^src/protocol/zstd-instance\\.ts$',
  conf: '^src/cli/context-file\\.ts$',
  yaml: '^src/cli/',
  '@oclif/core': '^(src/cli|commands)/'
}

const within = dirs => `^(${dirs.join('|')})/`

export default {
  forbidden: [
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `layer ${layer}`,
      comment: `${layer} may import: ${[layer, ...below].join(', ')}`,
      severity: 'error',
      from: { path: within([layer]) },
      to: { path: '^(src|commands|test|bench|scripts)/', pathNot: within([layer, ...below]) }
    })),
    ...Object.entries(doors).map(([name, door]) => ({
      name: `door ${name}`,
      comment: `${name} enters only through ${door}`,
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: door },
      to: { path: `node_modules/${name}/` }
    })),
    {
      name: 'library',
      comment:
        'src/index.ts is for other programs: it names the client and the admin acts; servers load only when asked for',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: {
        path: '^(src|commands|test|bench|scripts)/',
        pathNot: '^src/(kit|client|admin)/',
        dynamic: false,
        dependencyTypesNot: ['type-only']
      }
    },
    {
      name: 'no-barrel-inside',
      comment: 'parts import from where a thing is, not from the library',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: '^src/index\\.ts$' }
    },
    {
      name: 'composition-root',
      comment: 'parts do not know the whole: only src/daemon and tests import a composition root',
      severity: 'error',
      from: { path: '^src/(broker|namesrv|http)/' },
      to: { path: '^src/(broker/broker|namesrv/namesrv|http/server)\\.ts$' }
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure',
      comment: 'codecs and filters touch no socket, file, timer or process',
      severity: 'error',
      from: { path: within(['src/protocol', 'src/filter']) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(assert|buffer|crypto|util|zlib)$' }
    },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-package',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev'] }
    }
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] }
  }
}
