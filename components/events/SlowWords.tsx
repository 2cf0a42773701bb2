'use client';

import { useEffect, useState } from 'react';

/** How long a search has been running, from the second second on: it says that something still happens, and what helps. */
export function SlowWords() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < 2) return null;
  return (
    <p className="num text-text-2">
      Searching for {seconds} s. A host or a time range in the search makes it quick.
    </p>
  );
}
