/// YAML that people write, read so that what is wrong in it is said in plain words, all at once and each at its
/// place. YAML 1.1 as far as its nodes: no type of it is ever made an object.
@NullMarked
package dev.evenroll.policy.yaml;

import org.jspecify.annotations.NullMarked;
