/// Connection authorization: whether a device may connect now, with this certificate, under this name. Decided from
/// what this replica knows by itself; nobody is asked.
@NullMarked
package dev.evenroll.revocation.connection;

import org.jspecify.annotations.NullMarked;
