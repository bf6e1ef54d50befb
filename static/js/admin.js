// Narrows the searches of data entry to the dossier and the issue chosen in the form (templates: Django's admin).
"use strict";

django.jQuery.ajaxPrefilter((options) => {
  if (!options.url.endsWith("/autocomplete/")) return;
  const asked = new URLSearchParams(options.data);
  const chosen = (name) => document.getElementById(`id_${name}`)?.value;
  if (asked.get("field_name") !== "dossier" && chosen("dossier")) asked.set("dossier", chosen("dossier"));
  if (asked.get("field_name") === "stance" && chosen("issue")) asked.set("issue", chosen("issue"));
  options.data = asked.toString();
});

// A stance answers one issue only. (Django's own script sends "change" when the page opens.)
django.jQuery(document).on("select2:select select2:clear", "#id_issue", () => {
  django.jQuery("#id_stance").val(null).trigger("change");
});
