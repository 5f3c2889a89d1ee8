/** The database can't be used as it is; the message says why and what to do, for whoever starts the program. */
export class DatabaseRefusal extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "DatabaseRefusal";
  }
}
