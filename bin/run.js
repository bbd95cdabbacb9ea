#!/usr/bin/env node
// UV_THREADPOOL_SIZE counts only before the pool is first used, so it is set before anything is imported.
process.env.UV_THREADPOOL_SIZE ??= '16'
const { execute, settings } = await import('@oclif/core')
settings.enableAutoTranspile = false
await execute({ dir: import.meta.url })
