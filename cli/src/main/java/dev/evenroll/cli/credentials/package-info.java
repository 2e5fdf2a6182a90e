/// The files in which a device keeps its keys, requests and certificates.
@NullMarked
package dev.evenroll.cli.credentials;

import org.jspecify.annotations.NullMarked;
