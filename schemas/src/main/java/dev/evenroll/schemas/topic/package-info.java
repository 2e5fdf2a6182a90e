/// The table of topics: what each carries, who alone may write it, who reads it. Topic creation, the broker's ACLs,
/// `deploy/topics.yaml`, `deploy/acls.yaml` and `docs/TOPICS.md` are all made from it.
@NullMarked
package dev.evenroll.schemas.topic;

import org.jspecify.annotations.NullMarked;
