import type { AnalyticView } from '@/lib/contracts/analytics';
import { outsideUrl } from './analyticWords';

/** What it is built on; addresses open outside, and the line MITRE asks for where ATT&CK is named. */
export function ReferenceList({ analytic }: { analytic: AnalyticView }) {
  return (
    <section>
      <h2 className="mb-1 text-13">References</h2>
      {analytic.references.length === 0 ? (
        <p className="text-text-3">None is given.</p>
      ) : (
        <ul className="space-y-1">
          {analytic.references.map(({ title, url }) => {
            const address = outsideUrl(url);
            return (
              <li key={`${title}${url ?? ''}`} className="[overflow-wrap:anywhere]">
                {address === null ? (
                  <span className="text-text-2">{title}</span>
                ) : (
                  <a href={address} target="_blank" rel="noopener noreferrer" className="link">
                    {title}
                    <span className="sr-only">, opens in a new tab</span>
                  </a>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {analytic.techniques.length === 0 ? null : (
        <p className="mt-3 text-12 text-text-3">
          ATT&amp;CK names and identifiers: © The MITRE Corporation. This work is reproduced and distributed
          with the permission of The MITRE Corporation.
        </p>
      )}
    </section>
  );
}
