/** One JSON object a line, for CloudWatch's filters and queries. */
import type { Log } from '../../lib/app/http/http.ts';

export const jsonLog: Log = (event) => console.log(JSON.stringify(event));
