/** Why a request is not taken, as the HTTP status that says so. Thrown while a request is read. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 408 | 413 | 415;

  constructor(status: Refusal['status']) {
    super(`Refused with ${status}`);
    this.status = status;
  }
}
