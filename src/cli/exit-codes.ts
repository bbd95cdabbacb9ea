/** What `mq` exits with. docs/cli.md explains each; rows of src/kit/errors.ts name one of them per error. */
export const exitCodes = {
  done: 0,
  refused: 1,
  usage: 2,
  partial: 3,
  notFound: 4,
  exists: 5,
  notPermitted: 6,
  unreachable: 7,
  timeout: 8,
  threshold: 9,
  notSupported: 10,
  declined: 11,
  unknownCommand: 127,
  interrupted: 130,
  terminated: 143
} as const
