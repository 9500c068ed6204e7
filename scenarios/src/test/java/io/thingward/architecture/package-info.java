/** What must stay true of the published modules as a whole: their structure and their surface. */
package io.thingward.architecture;
