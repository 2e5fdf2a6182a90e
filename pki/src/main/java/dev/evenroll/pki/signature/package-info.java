/// Signatures in software: which provider computes them on this machine, and what a signature must look like before any
/// of them sees it.
@NullMarked
package dev.evenroll.pki.signature;

import org.jspecify.annotations.NullMarked;
