<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>Andon</name>
    <message numerus="yes">
      <source>%1 and %n more</source>
      <translation>
        <numerusform>%1 and %n more</numerusform>
        <numerusform>%1 and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 commit(s)</source>
      <translation>
        <numerusform>%1 commit</numerusform>
        <numerusform>%1 commits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 experiment(s)</source>
      <translation>
        <numerusform>%1 experiment</numerusform>
        <numerusform>%1 experiments</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 has %n commit(s) that the source lacks.</source>
      <translation>
        <numerusform>%1 has %n commit that the source lacks.</numerusform>
        <numerusform>%1 has %n commits that the source lacks.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 in %n page(s)</source>
      <translation>
        <numerusform>%1 in %n page</numerusform>
        <numerusform>%1 in %n pages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 metric(s)</source>
      <translation>
        <numerusform>%1 metric</numerusform>
        <numerusform>%1 metrics</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 model(s)</source>
      <translation>
        <numerusform>%1 model</numerusform>
        <numerusform>%1 models</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 object(s) differ</source>
      <translation>
        <numerusform>%1 object differs</numerusform>
        <numerusform>%1 objects differ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 path(s)</source>
      <translation>
        <numerusform>%1 path</numerusform>
        <numerusform>%1 paths</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 repository(s)</source>
      <translation>
        <numerusform>%1 repository</numerusform>
        <numerusform>%1 repositories</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 row(s), the newest first</source>
      <translation>
        <numerusform>%1 row, the newest first</numerusform>
        <numerusform>%1 rows, the newest first</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 run(s)</source>
      <translation>
        <numerusform>%1 run</numerusform>
        <numerusform>%1 runs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%1 version(s)</source>
      <translation>
        <numerusform>%1 version</numerusform>
        <numerusform>%1 versions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n GPU(s)</source>
      <translation>
        <numerusform>%n GPU</numerusform>
        <numerusform>%n GPUs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n GPU(s) wait for data%1.</source>
      <translation>
        <numerusform>%n GPU waits for data%1.</numerusform>
        <numerusform>%n GPUs wait for data%1.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n GPU(s) wait now</source>
      <translation>
        <numerusform>%n GPU waits now</numerusform>
        <numerusform>%n GPUs wait now</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n URI(s) are in the clipboard.</source>
      <translation>
        <numerusform>%n URI is in the clipboard.</numerusform>
        <numerusform>%n URIs are in the clipboard.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n commit(s) of B went past a gate.</source>
      <translation>
        <numerusform>%n commit of B went past a gate.</numerusform>
        <numerusform>%n commits of B went past a gate.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n difference(s)</source>
      <translation>
        <numerusform>%n difference</numerusform>
        <numerusform>%n differences</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n figure(s) missed their targets</source>
      <translation>
        <numerusform>%n figure missed its target</numerusform>
        <numerusform>%n figures missed their targets</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n finding(s)</source>
      <translation>
        <numerusform>%n finding</numerusform>
        <numerusform>%n findings</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n folder(s)</source>
      <translation>
        <numerusform>%n folder</numerusform>
        <numerusform>%n folders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n gate(s) failed</source>
      <translation>
        <numerusform>%n gate failed</numerusform>
        <numerusform>%n gates failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n gate(s) passed</source>
      <translation>
        <numerusform>%n gate passed</numerusform>
        <numerusform>%n gates passed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n gate(s) skipped</source>
      <translation>
        <numerusform>%n gate skipped</numerusform>
        <numerusform>%n gates skipped</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hook(s) failed</source>
      <translation>
        <numerusform>%n hook failed</numerusform>
        <numerusform>%n hooks failed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hook(s) skipped</source>
      <translation>
        <numerusform>%n hook skipped</numerusform>
        <numerusform>%n hooks skipped</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n merge(s) let through although a hook before did not run</source>
      <translation>
        <numerusform>%n merge let through although a hook before did not run</numerusform>
        <numerusform>%n merges let through although a hook before did not run</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n model version(s)</source>
      <translation>
        <numerusform>%n model version</numerusform>
        <numerusform>%n model versions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n model(s)</source>
      <translation>
        <numerusform>%n model</numerusform>
        <numerusform>%n models</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>%n more</numerusform>
        <numerusform>%n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>%n more change</numerusform>
        <numerusform>%n more changes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n newer commit(s) ran no gate</source>
      <translation>
        <numerusform>%n newer commit ran no gate</numerusform>
        <numerusform>%n newer commits ran no gate</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n node(s)</source>
      <translation>
        <numerusform>%n node</numerusform>
        <numerusform>%n nodes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n object(s)</source>
      <translation>
        <numerusform>%n object</numerusform>
        <numerusform>%n objects</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open</source>
      <translation>
        <numerusform>%n open</numerusform>
        <numerusform>%n open</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s), A4</source>
      <translation>
        <numerusform>%n page, A4</numerusform>
        <numerusform>%n pages, A4</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row group(s)</source>
      <translation>
        <numerusform>%n row group</numerusform>
        <numerusform>%n row groups</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n run(s)</source>
      <translation>
        <numerusform>%n run</numerusform>
        <numerusform>%n runs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n source(s)</source>
      <translation>
        <numerusform>%n source</numerusform>
        <numerusform>%n sources</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n version(s)</source>
      <translation>
        <numerusform>%n version</numerusform>
        <numerusform>%n versions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n wait(s) for data</source>
      <translation>
        <numerusform>%n waits for data</numerusform>
        <numerusform>%n wait for data</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>+%n commit(s)</source>
      <translation>
        <numerusform>+%n commit</numerusform>
        <numerusform>+%n commits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Connected, %n pack(s) incomplete</source>
      <translation>
        <numerusform>Connected, %n pack incomplete</numerusform>
        <numerusform>Connected, %n packs incomplete</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Latest %n run(s)</source>
      <translation>
        <numerusform>Latest run</numerusform>
        <numerusform>Latest %n runs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>More than %n commit(s) of B went past a gate.</source>
      <translation>
        <numerusform>More than %n commit of B went past a gate.</numerusform>
        <numerusform>More than %n commits of B went past a gate.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>There are %n site(s).</source>
      <translation>
        <numerusform>There is %n site.</numerusform>
        <numerusform>There are %n sites.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <comment>models</comment>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more at this place: click again</source>
      <translation>
        <numerusform>and %n more at this place: click again</numerusform>
        <numerusform>and %n more at this place: click again</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more run(s)</source>
      <translation>
        <numerusform>and %n more run</numerusform>
        <numerusform>and %n more runs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n other(s)</source>
      <translation>
        <numerusform>and %n other</numerusform>
        <numerusform>and %n others</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and more than %n other(s)</source>
      <translation>
        <numerusform>and more than %n other</numerusform>
        <numerusform>and more than %n others</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>brings %n</source>
      <translation>
        <numerusform>brings %n</numerusform>
        <numerusform>brings %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>mean of %n GPU(s)</source>
      <translation>
        <numerusform>mean of %n GPU</numerusform>
        <numerusform>mean of %n GPUs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>named by %n commit(s) of the branch</source>
      <translation>
        <numerusform>named by %n commit of the branch</numerusform>
        <numerusform>named by %n commits of the branch</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>object(s)</source>
      <translation>
        <numerusform>object</numerusform>
        <numerusform>objects</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tokens × list price, summed over %n model(s)</source>
      <translation>
        <numerusform>tokens × list price, summed over %n model</numerusform>
        <numerusform>tokens × list price, summed over %n models</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>without %1 changed object(s)</source>
      <translation>
        <numerusform>without %1 changed object</numerusform>
        <numerusform>without %1 changed objects</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>⋯ %n commit(s) ›</source>
      <translation>
        <numerusform>⋯ %n commit ›</numerusform>
        <numerusform>⋯ %n commits ›</numerusform>
      </translation>
    </message>
  </context>
</TS>
