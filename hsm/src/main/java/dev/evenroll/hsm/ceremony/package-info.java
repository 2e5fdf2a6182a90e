/// The making of CAs, step by step: keys, certificates, requests, roll-overs, and the record of all of it.
@NullMarked
package dev.evenroll.hsm.ceremony;

import org.jspecify.annotations.NullMarked;
