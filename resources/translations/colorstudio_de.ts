<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a photo or a project</source>
        <translation>Foto oder Projekt öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open all photos of a folder</source>
        <translation>Alle Fotos eines Ordners öffnen</translation>
    </message>
    <message>
        <source>&amp;Paste as new photo</source>
        <translation>&amp;Als neues Foto einfügen</translation>
    </message>
    <message>
        <source>Open what was copied</source>
        <translation>Öffnen, was kopiert wurde</translation>
    </message>
    <message>
        <source>Open a photo that comes along</source>
        <translation>Ein mitgeliefertes Foto öffnen</translation>
    </message>
    <message>
        <source>Restore &amp;unsaved work…</source>
        <translation>Ungespeichertes &amp;wiederherstellen…</translation>
    </message>
    <message>
        <source>What was not saved when Color Studio last ended</source>
        <translation>Was beim letzten Ende von Color Studio nicht gespeichert war</translation>
    </message>
    <message>
        <source>&amp;Save project</source>
        <translation>Projekt &amp;speichern</translation>
    </message>
    <message>
        <source>Save the photo with its strokes and settings, to go on later</source>
        <translation>Foto mit Strichen und Einstellungen speichern, um später weiterzuarbeiten</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>Projekt speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save in another project</source>
        <translation>In einem anderen Projekt speichern</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Save the coloured photo</source>
        <translation>Das kolorierte Foto speichern</translation>
    </message>
    <message>
        <source>&amp;Import strokes…</source>
        <translation>Striche &amp;importieren…</translation>
    </message>
    <message>
        <source>From a transparent layer, or from a copy that was painted on</source>
        <translation>Aus einer transparenten Ebene oder aus einer bemalten Kopie</translation>
    </message>
    <message>
        <source>Export as a &amp;layer…</source>
        <translation>Als &amp;Ebene exportieren…</translation>
    </message>
    <message>
        <source>The strokes alone, on a transparent ground</source>
        <translation>Nur die Striche, auf transparentem Grund</translation>
    </message>
    <message>
        <source>Export gray and &amp;marked pair…</source>
        <translation>Bild&amp;paar grau/markiert exportieren…</translation>
    </message>
    <message>
        <source>The gray photo, and the same with strokes, as Levin&apos;s method reads them</source>
        <translation>Das graue Foto und dasselbe mit Strichen, wie das Verfahren von Levin sie liest</translation>
    </message>
    <message>
        <source>&amp;Copy coloured photo</source>
        <translation>Koloriertes Foto &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the result at full size, to paste it in another program</source>
        <translation>Das Ergebnis in voller Größe kopieren, um es in ein anderes Programm einzufügen</translation>
    </message>
    <message>
        <source>Print the coloured photo, as large as the page has room</source>
        <translation>Das kolorierte Foto so groß drucken, wie die Seite es zulässt</translation>
    </message>
    <message>
        <source>Save as P&amp;DF…</source>
        <translation>Als &amp;PDF speichern…</translation>
    </message>
    <message>
        <source>One page with the coloured photo</source>
        <translation>Eine Seite mit dem kolorierten Foto</translation>
    </message>
    <message>
        <source>&amp;Close photo</source>
        <translation>Foto s&amp;chließen</translation>
    </message>
    <message>
        <source>Put the photo away</source>
        <translation>Das Foto weglegen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Leave Color Studio</source>
        <translation>Color Studio verlassen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reset &amp;intensity</source>
        <translation>&amp;Intensität zurücksetzen</translation>
    </message>
    <message>
        <source>Colours as the network saw them: 100 %</source>
        <translation>Farben, wie das Netz sie sah: 100 %</translation>
    </message>
    <message>
        <source>&amp;More colour</source>
        <translation>&amp;Mehr Farbe</translation>
    </message>
    <message>
        <source>Stronger colours, by 10 %</source>
        <translation>Kräftigere Farben, um 10 %</translation>
    </message>
    <message>
        <source>&amp;Less colour</source>
        <translation>W&amp;eniger Farbe</translation>
    </message>
    <message>
        <source>Weaker colours, by 10 %</source>
        <translation>Schwächere Farben, um 10 %</translation>
    </message>
    <message>
        <source>C&amp;rop…</source>
        <translation>&amp;Zuschneiden…</translation>
    </message>
    <message>
        <source>Take a part of the photo, and straighten it</source>
        <translation>Einen Teil des Fotos nehmen und gerade richten</translation>
    </message>
    <message>
        <source>&amp;Straighten…</source>
        <translation>&amp;Gerade richten…</translation>
    </message>
    <message>
        <source>Draw a line along a horizon, or along a wall</source>
        <translation>Eine Linie entlang eines Horizonts oder einer Wand ziehen</translation>
    </message>
    <message>
        <source>Rotate &amp;left</source>
        <translation>Nach &amp;links drehen</translation>
    </message>
    <message>
        <source>A quarter turn anticlockwise</source>
        <translation>Eine Vierteldrehung gegen den Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Rotate ri&amp;ght</source>
        <translation>Nach &amp;rechts drehen</translation>
    </message>
    <message>
        <source>A quarter turn clockwise</source>
        <translation>Eine Vierteldrehung im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Le&amp;vels…</source>
        <translation>&amp;Tonwerte…</translation>
    </message>
    <message>
        <source>Black, white and gamma for a faded photo</source>
        <translation>Schwarz, Weiß und Gamma für ein verblasstes Foto</translation>
    </message>
    <message>
        <source>&amp;Automatic levels</source>
        <translation>&amp;Automatische Tonwerte</translation>
    </message>
    <message>
        <source>Stretch a faded photo from black to white</source>
        <translation>Ein verblasstes Foto von Schwarz bis Weiß spreizen</translation>
    </message>
    <message>
        <source>&amp;Colour the photo</source>
        <translation>Foto &amp;kolorieren</translation>
    </message>
    <message>
        <source>Have the network colour the photo</source>
        <translation>Das Foto vom Netz kolorieren lassen</translation>
    </message>
    <message>
        <source>Colour li&amp;ke another photo…</source>
        <translation>&amp;Wie ein anderes Foto kolorieren…</translation>
    </message>
    <message>
        <source>Take the colours of like things in a photo that has them</source>
        <translation>Die Farben gleichartiger Dinge aus einem Farbfoto übernehmen</translation>
    </message>
    <message>
        <source>Take no colours from another photo any more</source>
        <translation>Keine Farben mehr aus einem anderen Foto übernehmen</translation>
    </message>
    <message>
        <source>Show me var&amp;iations…</source>
        <translation>Var&amp;ianten zeigen …</translation>
    </message>
    <message>
        <source>The photo in several other colours, all plausible, to choose from</source>
        <translation>Das Foto in mehreren anderen Farben, alle plausibel, zur Auswahl</translation>
    </message>
    <message>
        <source>&amp;Next photo</source>
        <translation>&amp;Nächstes Foto</translation>
    </message>
    <message>
        <source>The next photo of the strip</source>
        <translation>Das nächste Foto des Filmstreifens</translation>
    </message>
    <message>
        <source>&amp;Previous photo</source>
        <translation>&amp;Voriges Foto</translation>
    </message>
    <message>
        <source>The previous photo of the strip</source>
        <translation>Das vorige Foto des Filmstreifens</translation>
    </message>
    <message>
        <source>Open sa&amp;mple photo</source>
        <translation>Beispie&amp;lfoto öffnen</translation>
    </message>
    <message>
        <source>Pri&amp;nt…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>Colour all p&amp;hotos</source>
        <translation>Alle F&amp;otos kolorieren</translation>
    </message>
    <message>
        <source>Have the network colour all photos of the strip</source>
        <translation>Alle Fotos des Filmstreifens vom Netz kolorieren lassen</translation>
    </message>
    <message>
        <source>Export a&amp;ll…</source>
        <translation>Alle e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Save all photos of the strip in colour</source>
        <translation>Alle Fotos des Filmstreifens in Farbe speichern</translation>
    </message>
    <message>
        <source>Stop the &amp;batch</source>
        <translation>Sta&amp;pel anhalten</translation>
    </message>
    <message>
        <source>Stop colouring or exporting all photos</source>
        <translation>Kolorieren oder Exportieren aller Fotos anhalten</translation>
    </message>
    <message>
        <source>&amp;What failed…</source>
        <translation>&amp;Fehlgeschlagene Fotos…</translation>
    </message>
    <message>
        <source>Photos of the strip that failed, and why</source>
        <translation>Fotos des Filmstreifens, die fehlschlugen, und warum</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Stop what is under way</source>
        <translation>Anhalten, was gerade läuft</translation>
    </message>
    <message>
        <source>&amp;Reference photos</source>
        <translation>&amp;Vorlagen</translation>
    </message>
    <message>
        <source>Colour photos to take colours from</source>
        <translation>Farbfotos als Vorlage, um ihnen Farben zu entnehmen</translation>
    </message>
    <message>
        <source>&amp;Hold the place</source>
        <translation>&amp;Stelle festhalten</translation>
    </message>
    <message>
        <source>Suggestions and luminance stay those of the place under the cursor</source>
        <translation>Vorschläge und Leuchtdichte bleiben die der Stelle unter dem Zeiger</translation>
    </message>
    <message>
        <source>Choose a colour that the network thinks likely</source>
        <translation>Eine Farbe wählen, die das Netz für wahrscheinlich hält</translation>
    </message>
    <message>
        <source>&amp;1st suggested colour</source>
        <translation>&amp;1. vorgeschlagene Farbe</translation>
    </message>
    <message>
        <source>&amp;2nd suggested colour</source>
        <translation>&amp;2. vorgeschlagene Farbe</translation>
    </message>
    <message>
        <source>&amp;3rd suggested colour</source>
        <translation>&amp;3. vorgeschlagene Farbe</translation>
    </message>
    <message>
        <source>&amp;4th suggested colour</source>
        <translation>&amp;4. vorgeschlagene Farbe</translation>
    </message>
    <message>
        <source>&amp;5th suggested colour</source>
        <translation>&amp;5. vorgeschlagene Farbe</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>Paint strokes of colour</source>
        <translation>Farbstriche malen</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>Take parts of strokes away</source>
        <translation>Teile von Strichen wegnehmen</translation>
    </message>
    <message>
        <source>&amp;Select and move</source>
        <translation>&amp;Auswählen und verschieben</translation>
    </message>
    <message>
        <source>Select strokes and move them</source>
        <translation>Striche auswählen und verschieben</translation>
    </message>
    <message>
        <source>E&amp;yedropper</source>
        <translation>P&amp;ipette</translation>
    </message>
    <message>
        <source>Take a colour from the photo; with the brush, hold Alt</source>
        <translation>Eine Farbe aus dem Foto nehmen; mit dem Pinsel Alt halten</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>&amp;Hand</translation>
    </message>
    <message>
        <source>Move the photo; with other tools, hold Space</source>
        <translation>Das Foto verschieben; mit anderen Werkzeugen die Leertaste halten</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>Pinsel &amp;kleiner</translation>
    </message>
    <message>
        <source>Make the brush smaller; Shift and the wheel do too</source>
        <translation>Den Pinsel verkleinern; auch mit Umschalt und Mausrad</translation>
    </message>
    <message>
        <source>&amp;Larger brush</source>
        <translation>Pinsel &amp;größer</translation>
    </message>
    <message>
        <source>Make the brush larger; Shift and the wheel do too</source>
        <translation>Den Pinsel vergrößern; auch mit Umschalt und Mausrad</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>Paint with a colour</source>
        <translation>Mit einer Farbe malen</translation>
    </message>
    <message>
        <source>&amp;Neutral</source>
        <translation>&amp;Neutral</translation>
    </message>
    <message>
        <source>Paint what has no colour; once more: back to colour</source>
        <translation>Malen, was keine Farbe hat; noch einmal: zurück zur Farbe</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Schutz</translation>
    </message>
    <message>
        <source>Paint what no stroke may change; once more: back to colour</source>
        <translation>Malen, was kein Strich ändern darf; noch einmal: zurück zur Farbe</translation>
    </message>
    <message>
        <source>&amp;Automatic and strokes</source>
        <translation>A&amp;utomatik und Striche</translation>
    </message>
    <message>
        <source>The network colours, strokes spread along the edges of the photo</source>
        <translation>Das Netz koloriert, Striche breiten sich entlang der Kanten des Fotos aus</translation>
    </message>
    <message>
        <source>Net&amp;work hints only</source>
        <translation>Nur Hinweise ans Net&amp;z</translation>
    </message>
    <message>
        <source>Strip of p&amp;hotos</source>
        <translation>Film&amp;streifen</translation>
    </message>
    <message>
        <source>Show me a&amp;round</source>
        <translation>&amp;Rundgang</translation>
    </message>
    <message>
        <source>Strokes are hints for the network and nothing else</source>
        <translation>Striche sind Hinweise für das Netz und sonst nichts</translation>
    </message>
    <message>
        <source>R&amp;emove the reference</source>
        <translation>Vorlag&amp;e entfernen</translation>
    </message>
    <message>
        <source>Strokes &amp;only</source>
        <translation>Nur St&amp;riche</translation>
    </message>
    <message>
        <source>Only the colours of strokes spread, without a network</source>
        <translation>Nur die Farben der Striche breiten sich aus, ohne Netz</translation>
    </message>
    <message>
        <source>Select &amp;all strokes</source>
        <translation>&amp;Alle Striche auswählen</translation>
    </message>
    <message>
        <source>Select all strokes</source>
        <translation>Alle Striche auswählen</translation>
    </message>
    <message>
        <source>&amp;Deselect</source>
        <translation>Auswahl aufhe&amp;ben</translation>
    </message>
    <message>
        <source>Select no stroke</source>
        <translation>Keinen Strich auswählen</translation>
    </message>
    <message>
        <source>&amp;Recolour with the brush</source>
        <translation>Mit &amp;Pinselfarbe umfärben</translation>
    </message>
    <message>
        <source>Give the selected strokes the colour of the brush</source>
        <translation>Den ausgewählten Strichen die Farbe des Pinsels geben</translation>
    </message>
    <message>
        <source>Make &amp;neutral</source>
        <translation>&amp;Neutral machen</translation>
    </message>
    <message>
        <source>Make the selected strokes say: no colour here</source>
        <translation>Die ausgewählten Striche sagen lassen: hier keine Farbe</translation>
    </message>
    <message>
        <source>Make them &amp;keep</source>
        <translation>&amp;Schützend machen</translation>
    </message>
    <message>
        <source>Make the selected strokes protect what is under them</source>
        <translation>Die ausgewählten Striche schützen lassen, was unter ihnen liegt</translation>
    </message>
    <message>
        <source>&amp;Save colour</source>
        <translation>&amp;Farbe in Palette aufnehmen</translation>
    </message>
    <message>
        <source>Keep the colour of the selected stroke in a palette</source>
        <translation>Die Farbe des ausgewählten Strichs in einer Palette behalten</translation>
    </message>
    <message>
        <source>Bring to &amp;front</source>
        <translation>Nach &amp;vorn</translation>
    </message>
    <message>
        <source>Where strokes lie over each other, the selected ones are seen</source>
        <translation>Wo Striche übereinanderliegen, sind die ausgewählten zu sehen</translation>
    </message>
    <message>
        <source>Send to &amp;back</source>
        <translation>Nach &amp;hinten</translation>
    </message>
    <message>
        <source>Where strokes lie over each other, the others are seen</source>
        <translation>Wo Striche übereinanderliegen, sind die anderen zu sehen</translation>
    </message>
    <message>
        <source>De&amp;lete strokes</source>
        <translation>Striche &amp;löschen</translation>
    </message>
    <message>
        <source>Delete the selected strokes</source>
        <translation>Die ausgewählten Striche löschen</translation>
    </message>
    <message>
        <source>Show, dim or &amp;hide strokes</source>
        <translation>Striche zeigen, &amp;dimmen, verbergen</translation>
    </message>
    <message>
        <source>Show the strokes over the photo, dim them, hide them</source>
        <translation>Die Striche über dem Foto zeigen, dimmen, verbergen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Ansicht vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Ansicht verkleinern</translation>
    </message>
    <message>
        <source>&amp;Fit in the window</source>
        <translation>Ins Fenster &amp;einpassen</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>Das ganze Foto</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>One pixel of the photo on one of the screen</source>
        <translation>Ein Pixel des Fotos auf einem des Bildschirms</translation>
    </message>
    <message>
        <source>&amp;Gray photo</source>
        <translation>Graues &amp;Foto</translation>
    </message>
    <message>
        <source>The photo before its colouring; hold B for a moment of it</source>
        <translation>Das Foto vor dem Kolorieren; B halten zeigt es für einen Moment</translation>
    </message>
    <message>
        <source>Si&amp;de by side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>Gray on the left, colour on the right, at the same place</source>
        <translation>Links grau, rechts Farbe, an derselben Stelle</translation>
    </message>
    <message>
        <source>&amp;Split before and after</source>
        <translation>Vorher/nachher &amp;geteilt</translation>
    </message>
    <message>
        <source>Gray on the left of a line, colour on the right; drag the line</source>
        <translation>Links einer Linie grau, rechts Farbe; die Linie lässt sich ziehen</translation>
    </message>
    <message>
        <source>Compare &amp;models…</source>
        <translation>&amp;Modelle vergleichen…</translation>
    </message>
    <message>
        <source>The photo as each of the models colours it, side by side</source>
        <translation>Das Foto nebeneinander, wie jedes der Modelle es koloriert</translation>
    </message>
    <message>
        <source>Show or hide the photos of the folder</source>
        <translation>Die Fotos des Ordners zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Side &amp;panel</source>
        <translation>Seiten&amp;leiste</translation>
    </message>
    <message>
        <source>Show or hide the panel</source>
        <translation>Die Leiste zeigen oder verbergen</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>Den ganzen Bildschirm nutzen</translation>
    </message>
    <message>
        <source>&amp;Turing test…</source>
        <translation>&amp;Turing-Test…</translation>
    </message>
    <message>
        <source>Let people judge which photos are real, and which look natural</source>
        <translation>Menschen urteilen lassen, welche Fotos echt sind und welche natürlich aussehen</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>Ein&amp;stellungen…</translation>
    </message>
    <message>
        <source>Theme, language, device, keys</source>
        <translation>Aussehen, Sprache, Gerät, Tasten</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Tasten und Gesten</translation>
    </message>
    <message>
        <source>All commands with their keys on one page</source>
        <translation>Alle Befehle mit ihren Tasten auf einer Seite</translation>
    </message>
    <message>
        <source>The tour of the first start once more</source>
        <translation>Der Rundgang des ersten Starts noch einmal</translation>
    </message>
    <message>
        <source>&amp;About Color Studio</source>
        <translation>Ü&amp;ber Color Studio</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
</context>
<context>
    <name>ActivityPill</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Anhalten (Esc)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Colouring {name}</source>
        <translation>{name} wird koloriert</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>{name} wird exportiert</translation>
    </message>
    <message>
        <source>Preparing {name}</source>
        <translation>{name} wird vorbereitet</translation>
    </message>
    <message>
        <source>Comparing with {name}</source>
        <translation>Vergleich mit {name}</translation>
    </message>
</context>
<context>
    <name>AdjustingController</name>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>reach</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>vividness</source>
        <translation>Lebendigkeit</translation>
    </message>
    <message>
        <source>colour intensity</source>
        <translation>Farbintensität</translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>Wahl des Modells</translation>
    </message>
</context>
<context>
    <name>Adjustments</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Vividness</source>
        <translation>Lebendigkeit</translation>
    </message>
    <message>
        <source>Vividness of the colours in percent</source>
        <translation>Lebendigkeit der Farben in Prozent</translation>
    </message>
    <message>
        <source>Which of the colours that the network finds likely are taken: 0 % is their mean, muted and the safest, 100 % the most colourful. Double click: as the network comes</source>
        <translation>Welche der Farben genommen werden, die das Netz für wahrscheinlich hält: 0 % ist ihr Mittel, gedämpft und am sichersten, 100 % die farbigsten. Doppelklick: wie das Netz es mitbringt</translation>
    </message>
    <message>
        <source>&amp;Intensity</source>
        <translation>In&amp;tensität</translation>
    </message>
    <message>
        <source>Colour intensity in percent</source>
        <translation>Farbintensität in Prozent</translation>
    </message>
    <message>
        <source>How strong the colours are: 0 % is gray, 100 % as the network saw them. Double click: 100 %</source>
        <translation>Wie kräftig die Farben sind: 0 % ist grau, 100 % wie das Netz sie sah. Doppelklick: 100 %</translation>
    </message>
    <message>
        <source>This network says one colour for each place: there is none more vivid to take.</source>
        <translation>Dieses Netz nennt für jede Stelle eine einzige Farbe: Eine lebendigere gibt es nicht.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The network that colours the photo</source>
        <translation>Das Netz, das das Foto koloriert</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>What computes: the graphics card where there is one is the fastest</source>
        <translation>Was rechnet: am schnellsten ist die Grafikkarte, wo es eine gibt</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>None installed</source>
        <translation>Keines installiert</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>doing that</source>
        <translation>Ausführen</translation>
    </message>
</context>
<context>
    <name>AssistanceController</name>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Drop a photo here, or open one: it gets its first colours by itself. Everything stays on this computer.</source>
        <translation>Ein Foto hierher ziehen oder öffnen: Die ersten Farben kommen von selbst. Alles bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Paint what should be different</source>
        <translation>Malen, was anders sein soll</translation>
    </message>
    <message>
        <source>Choose a colour, draw a stroke on the coat or the sky, and the photo follows along its own edges. A few strokes are enough; neutral strokes keep a thing gray.</source>
        <translation>Eine Farbe wählen, einen Strich auf den Mantel oder den Himmel ziehen: Das Foto folgt entlang seiner eigenen Kanten. Wenige Striche genügen; neutrale Striche halten etwas grau.</translation>
    </message>
    <message>
        <source>Nothing is lost</source>
        <translation>Nichts geht verloren</translation>
    </message>
    <message>
        <source>Every step can be undone and is kept, even after a crash. Export writes a new file and never touches yours. F1 shows all keys.</source>
        <translation>Jeder Schritt lässt sich zurücknehmen und bleibt erhalten, auch nach einem Absturz. Der Export schreibt eine neue Datei, das Original bleibt unberührt. F1 zeigt alle Tasten.</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>1 stroke</source>
        <translation>1 Strich</translation>
    </message>
    <message>
        <source>{count} strokes</source>
        <translation>{count} Striche</translation>
    </message>
    <message>
        <source>failed: {why}</source>
        <translation>fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>changed since it was exported</source>
        <translation>seit dem Export geändert</translation>
    </message>
    <message>
        <source>not coloured yet</source>
        <translation>noch nicht koloriert</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>coloured</source>
        <translation>koloriert</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>bemalt</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
    <message>
        <source>in the window</source>
        <translation>im Fenster</translation>
    </message>
    <message>
        <source>Written to {path}</source>
        <translation>Gespeichert in {path}</translation>
    </message>
    <message>
        <source>{count} coloured</source>
        <translation>{count} koloriert</translation>
    </message>
    <message>
        <source>{count} painted</source>
        <translation>{count} bemalt</translation>
    </message>
    <message>
        <source>{count} exported</source>
        <translation>{count} exportiert</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>unter 1 min</translation>
    </message>
    <message>
        <source>Colouring {number} of {count}</source>
        <translation>Kolorieren: {number} von {count}</translation>
    </message>
    <message>
        <source>Exporting {number} of {count}</source>
        <translation>Exportieren: {number} von {count}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Coloured {photos}.</source>
        <translation>{photos} koloriert.</translation>
    </message>
    <message>
        <source>Exported {photos}.</source>
        <translation>{photos} exportiert.</translation>
    </message>
    <message>
        <source>1 file was there already and was left as it is.</source>
        <translation>1 Datei gab es schon, sie blieb unverändert.</translation>
    </message>
    <message>
        <source>{count} files were there already and were left as they are.</source>
        <translation>{count} Dateien gab es schon, sie blieben unverändert.</translation>
    </message>
    <message>
        <source>{photos} failed.</source>
        <translation>{photos} fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
</context>
<context>
    <name>BatchController</name>
    <message>
        <source>Photos are being worked on. Stop that before opening others.</source>
        <translation>Es werden gerade Fotos bearbeitet. Das zuerst anhalten, dann andere öffnen.</translation>
    </message>
    <message>
        <source>Stop it and open</source>
        <translation>Anhalten und öffnen</translation>
    </message>
    <message>
        <source>opening the photo</source>
        <translation>Öffnen des Fotos</translation>
    </message>
    <message>
        <source>reading the photo</source>
        <translation>Lesen des Fotos</translation>
    </message>
</context>
<context>
    <name>BrushSwatch</name>
    <message>
        <source>Paints with {colour}</source>
        <translation>Malt mit {colour}</translation>
    </message>
    <message>
        <source>Paints places without colour</source>
        <translation>Malt Stellen ohne Farbe</translation>
    </message>
    <message>
        <source>Paints places that no stroke changes</source>
        <translation>Malt Stellen, die kein Strich ändert</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>On the photo</source>
        <translation>Auf dem Foto</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Foto verschieben</translation>
    </message>
    <message>
        <source>Space + drag, middle button</source>
        <translation>Leertaste + ziehen, mittlere Taste</translation>
    </message>
    <message>
        <source>Whole photo / 100 %</source>
        <translation>Ganzes Foto / 100 %</translation>
    </message>
    <message>
        <source>Double click with the hand</source>
        <translation>Doppelklick mit der Hand</translation>
    </message>
    <message>
        <source>A single point</source>
        <translation>Einzelner Punkt</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>A straight line</source>
        <translation>Gerade Linie</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Umschalt + ziehen</translation>
    </message>
    <message>
        <source>A line from the last point</source>
        <translation>Linie vom letzten Punkt</translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation>Umschalt + Klick</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>Größe des Pinsels</translation>
    </message>
    <message>
        <source>Shift + wheel</source>
        <translation>Umschalt + Mausrad</translation>
    </message>
    <message>
        <source>Take a colour</source>
        <translation>Farbe aufnehmen</translation>
    </message>
    <message>
        <source>Alt + click</source>
        <translation>Alt + Klick</translation>
    </message>
    <message>
        <source>Commands of a stroke</source>
        <translation>Befehle zu einem Strich</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Give a stroke up</source>
        <translation>Strich verwerfen</translation>
    </message>
    <message>
        <source>Esc while drawing</source>
        <translation>Esc beim Ziehen</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>Tasten und Gesten</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Compare models</source>
        <translation>Modelle vergleichen</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>A&amp;lle</translation>
    </message>
    <message>
        <source>N&amp;one</source>
        <translation>K&amp;eins</translation>
    </message>
    <message>
        <source>Compare all models</source>
        <translation>Alle Modelle vergleichen</translation>
    </message>
    <message>
        <source>Compare none of them</source>
        <translation>Keines davon vergleichen</translation>
    </message>
    <message>
        <source>Ta&amp;ke the strokes along</source>
        <translation>Die Striche &amp;mitnehmen</translation>
    </message>
    <message>
        <source>As hints, for the models that take hints</source>
        <translation>Als Hinweise, für die Modelle, die Hinweise annehmen</translation>
    </message>
    <message>
        <source>How far the comparison is</source>
        <translation>Wie weit der Vergleich ist</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>&amp;Use this one as the first pass</source>
        <translation>Dies als Gr&amp;undlage nehmen</translation>
    </message>
    <message>
        <source>Colour the photo with the chosen one (Enter)</source>
        <translation>Das Foto mit dem ausgewählten Modell kolorieren (Eingabetaste)</translation>
    </message>
    <message>
        <source>Back to the photo</source>
        <translation>Zurück zum Foto</translation>
    </message>
    <message>
        <source>Leave the photo as it was (Esc)</source>
        <translation>Das Foto lassen, wie es war (Esc)</translation>
    </message>
    <message>
        <source>{done} of {count} coloured</source>
        <translation>{done} von {count} koloriert</translation>
    </message>
    <message>
        <source>{failed} failed</source>
        <translation>{failed} gescheitert</translation>
    </message>
</context>
<context>
    <name>ColourNumbers</name>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>{name}, 0 to 255. Hue and chroma are taken from it, the lightness stays the photo&apos;s</source>
        <translation>{name}, 0 bis 255. Farbton und Buntheit kommen daher, die Helligkeit bleibt die des Fotos</translation>
    </message>
    <message>
        <source>Luminance</source>
        <translation>Leuchtdichte</translation>
    </message>
    <message>
        <source>L*, the luminance of the photo at this place: it is the photo&apos;s own and stays as it is</source>
        <translation>L*, die Leuchtdichte des Fotos an dieser Stelle: Sie gehört zum Foto und bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>a*</source>
        <translation>a*</translation>
    </message>
    <message>
        <source>a*: green below 0, red above</source>
        <translation>a*: unter 0 grün, darüber rot</translation>
    </message>
    <message>
        <source>b*</source>
        <translation>b*</translation>
    </message>
    <message>
        <source>b*: blue below 0, yellow above</source>
        <translation>b*: unter 0 blau, darüber gelb</translation>
    </message>
    <message>
        <source>Hexadecimal code</source>
        <translation>Hexadezimaler Code</translation>
    </message>
    <message>
        <source>The colour as #rrggbb; paste one here. Its lightness gives way to the photo&apos;s</source>
        <translation>Die Farbe als #rrggbb, auch zum Einfügen. Statt ihrer Helligkeit gilt die des Fotos</translation>
    </message>
</context>
<context>
    <name>ColourPanel</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Recent colours</source>
        <translation>Letzte Farben</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>Hue in degrees: red, yellow, green, blue, and around</source>
        <translation>Farbton in Grad: Rot, Gelb, Grün, Blau und rundherum</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>Buntheit</translation>
    </message>
    <message>
        <source>Chroma, from gray on; it ends where no more exists at this luminance</source>
        <translation>Buntheit, von Grau an; sie endet, wo es bei dieser Leuchtdichte nicht mehr gibt</translation>
    </message>
</context>
<context>
    <name>CopyingController</name>
    <message>
        <source>Copied the coloured photo, {width} × {height} pixels.</source>
        <translation>Das kolorierte Foto ist kopiert, {width} × {height} Pixel.</translation>
    </message>
    <message>
        <source>copying</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>CropBar</name>
    <message>
        <source>Enter applies · Esc leaves · arrows move, with Shift they resize · X swaps the sides</source>
        <translation>Eingabe: fertig · Esc: abbrechen · Pfeile: Lage (Umschalt: Größe) · X: Seiten</translation>
    </message>
    <message>
        <source>Aspect</source>
        <translation>Seitenverhältnis</translation>
    </message>
    <message>
        <source>The proportions that the frame is held to</source>
        <translation>Das Seitenverhältnis, das der Rahmen behält</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>Swap upright and lying (X)</source>
        <translation>Hoch- und Querformat tauschen (X)</translation>
    </message>
    <message>
        <source>Swap upright and lying</source>
        <translation>Hoch- und Querformat tauschen</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Gerade richten</translation>
    </message>
    <message>
        <source>Angle in degrees, clockwise</source>
        <translation>Winkel in Grad, im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Turns the photo under the frame. Double click: 0°</source>
        <translation>Dreht das Foto unter dem Rahmen. Doppelklick: 0°</translation>
    </message>
    <message>
        <source>Draw a line along something level or upright (L)</source>
        <translation>Eine Linie entlang von etwas Waagerechtem oder Senkrechtem ziehen (L)</translation>
    </message>
    <message>
        <source>Draw a line along something level or upright</source>
        <translation>Eine Linie entlang von etwas Waagerechtem oder Senkrechtem ziehen</translation>
    </message>
    <message>
        <source>Size after the crop</source>
        <translation>Größe nach dem Zuschneiden</translation>
    </message>
    <message>
        <source>&amp;Whole photo</source>
        <translation>Ganzes Fot&amp;o</translation>
    </message>
    <message>
        <source>No crop and no angle</source>
        <translation>Kein Zuschnitt und kein Winkel</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave the photo as it was (Esc)</source>
        <translation>Das Foto lassen, wie es war (Esc)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Crop and straighten (Enter)</source>
        <translation>Zuschneiden und gerade richten (Eingabe)</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
</context>
<context>
    <name>CroppingController</name>
    <message>
        <source>showing the whole photo</source>
        <translation>Zeigen des ganzen Fotos</translation>
    </message>
    <message>
        <source>straightening</source>
        <translation>Gerade richten</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>crop and straightening</source>
        <translation>Zuschnitt und Gerade richten</translation>
    </message>
</context>
<context>
    <name>CurrentSwatch</name>
    <message>
        <source>Chosen colour</source>
        <translation>Gewählte Farbe</translation>
    </message>
    <message>
        <source>As it will look where the cursor is: {here}.
In the corner as it was chosen: {chosen}. The photo keeps its lightness, the colour gives hue and chroma.</source>
        <translation>Wie sie an der Stelle unter dem Zeiger aussehen wird: {here}.
In der Ecke, wie sie gewählt wurde: {chosen}. Das Foto behält seine Helligkeit, die Farbe gibt Farbton und Buntheit.</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop a photo here</source>
        <translation>Foto hierher ziehen</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF, WebP or HEIC. It stays on this computer.</source>
        <translation>JPEG, PNG, TIFF, WebP oder HEIC. Es bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>Foto öffnen…</translation>
    </message>
    <message>
        <source>Choose a photo to colour (Ctrl+O)</source>
        <translation>Ein Foto zum Kolorieren wählen (Strg+O)</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ansehen</translation>
    </message>
    <message>
        <source>Open a photo that comes with Color Studio</source>
        <translation>Ein Foto öffnen, das mit Color Studio kommt</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
</context>
<context>
    <name>ExportAllDialog</name>
    <message>
        <source>Export all</source>
        <translation>Alle exportieren</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Those not exported as they are now</source>
        <translation>Neue und seit dem Export geänderte</translation>
    </message>
    <message>
        <source>Those with strokes</source>
        <translation>Nur mit Strichen</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>Ending behind the name of each photo</source>
        <translation>Zusatz hinter dem Namen jedes Fotos</translation>
    </message>
    <message>
        <source>As each photo is</source>
        <translation>Wie das jeweilige Foto</translation>
    </message>
    <message>
        <source>&amp;Keep the photos&apos; data (camera, date, place, resolution)</source>
        <translation>Daten der Fotos &amp;behalten (Kamera, Datum, Ort, Auflösung)</translation>
    </message>
    <message>
        <source>Leave it as it is and go on</source>
        <translation>Lassen und weitermachen</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>&amp;Fotos</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Name ends with</source>
        <translation>&amp;Namenszusatz</translation>
    </message>
    <message>
        <source>For&amp;mat</source>
        <translation>For&amp;mat</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>Farb&amp;tiefe</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>&amp;Qualität</translation>
    </message>
    <message>
        <source>&amp;If a file is there</source>
        <translation>&amp;Vorhandene Dateien</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the coloured photos</source>
        <translation>Die kolorierten Fotos exportieren</translation>
    </message>
    <message>
        <source>Each at its own size, with its own strokes and settings</source>
        <translation>Jedes in seiner Größe, mit seinen Strichen und Einstellungen</translation>
    </message>
    <message>
        <source>Export and replace</source>
        <translation>Exportieren und ersetzen</translation>
    </message>
    <message>
        <source>Give the folder that the photos are to be written to.</source>
        <translation>Den Ordner angeben, in den die Fotos sollen.</translation>
    </message>
    <message>
        <source>The ending cannot have any of {signs} in it.</source>
        <translation>Der Zusatz darf keines dieser Zeichen enthalten: {signs}</translation>
    </message>
    <message>
        <source>This is a file. Choose a folder.</source>
        <translation>Das ist eine Datei. Einen Ordner wählen.</translation>
    </message>
    <message>
        <source>The photos themselves are there. Choose another folder, or give an ending.</source>
        <translation>Dort liegen die Fotos selbst. Einen anderen Ordner wählen oder einen Zusatz angeben.</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <translation>Der Ordner wird angelegt.</translation>
    </message>
    <message>
        <source>Files of the same names will be replaced, but never the photos.</source>
        <translation>Dateien gleichen Namens werden ersetzt, die Fotos selbst nie.</translation>
    </message>
    <message>
        <source>Folder for the coloured photos</source>
        <translation>Ordner für die kolorierten Fotos</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zieldatei</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>&amp;Keep the photo&apos;s data (camera, date, place, resolution)</source>
        <translation>Daten des Fotos &amp;behalten (Kamera, Datum, Ort, Auflösung)</translation>
    </message>
    <message>
        <source>&amp;Save as</source>
        <translation>&amp;Speichern unter</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>Farb&amp;tiefe</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>&amp;Qualität</translation>
    </message>
    <message>
        <source>Export the coloured photo</source>
        <translation>Das kolorierte Foto exportieren</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, the photo&apos;s own size</source>
        <translation>{width} × {height} Pixel, die Größe des Fotos</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>Der Datei einen Namen geben.</translation>
    </message>
    <message>
        <source>This is a folder. Add the name of a file.</source>
        <translation>Das ist ein Ordner. Den Namen einer Datei anfügen.</translation>
    </message>
    <message>
        <source>This is the photo itself. Choose another name.</source>
        <translation>Das ist das Foto selbst. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
        <source>{name} is there already and will be replaced.</source>
        <translation>{name} gibt es schon und wird ersetzt.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save the coloured photo</source>
        <translation>Das kolorierte Foto speichern</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>This place cannot be used: {why}.</source>
        <translation>Dieser Ort ist nicht nutzbar: {why}.</translation>
    </message>
</context>
<context>
    <name>FailuresDialog</name>
    <message>
        <source>What failed</source>
        <translation>Fehlgeschlagene Fotos</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Photos that failed, with the reasons</source>
        <translation>Fotos, die fehlschlugen, mit den Gründen</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>1 photo failed</source>
        <translation>1 Foto fehlgeschlagen</translation>
    </message>
    <message>
        <source>{count} photos failed</source>
        <translation>{count} Fotos fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Strip of photos</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>How far the photos are</source>
        <translation>Wie weit die Fotos sind</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>Fortschritt des Stapels</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Show what failed, and why</source>
        <translation>Zeigen, was fehlschlug und warum</translation>
    </message>
    <message>
        <source>Hide the strip</source>
        <translation>Filmstreifen verbergen</translation>
    </message>
    <message>
        <source>{count} failed…</source>
        <translation>{count} fehlgeschlagen…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
</context>
<context>
    <name>FolderOpener</name>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Looking through {name}…</source>
        <translation>Durchsehen von {name}…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>There are no photos in {folder} that can be opened.</source>
        <translation>In {folder} sind keine Fotos, die sich öffnen lassen.</translation>
    </message>
    <message>
        <source>Open another folder…</source>
        <translation>Anderen Ordner öffnen…</translation>
    </message>
    <message>
        <source>these folders</source>
        <translation>diesen Ordnern</translation>
    </message>
    <message>
        <source>looking through {name}</source>
        <translation>Durchsehen von {name}</translation>
    </message>
    <message>
        <source>The folder {path} could not be looked through ({reason}): check its rights and the disk.</source>
        <translation>Der Ordner {path} ließ sich nicht durchsehen ({reason}): Rechte und Datenträger prüfen.</translation>
    </message>
</context>
<context>
    <name>GamutPicker</name>
    <message>
        <source>Colours that exist at this luminance</source>
        <translation>Farben, die es bei dieser Leuchtdichte gibt</translation>
    </message>
    <message>
        <source>All colours that exist at this luminance: green to red across, blue to yellow upwards.
Drag, or use the arrow keys (with Shift in larger steps); Home is gray.</source>
        <translation>Alle Farben, die es bei dieser Leuchtdichte gibt: Grün bis Rot quer, Blau bis Gelb aufwärts.
Ziehen oder die Pfeiltasten nutzen (mit Umschalt in größeren Schritten); Pos1 ist Grau.</translation>
    </message>
    <message>
        <source>a* {a}, b* {b}, at L* {luminance}</source>
        <translation>a* {a}, b* {b}, bei L* {luminance}</translation>
    </message>
</context>
<context>
    <name>HistogramView</name>
    <message>
        <source>Histogram with handles for black, middle gray and white</source>
        <translation>Histogramm mit Griffen für Schwarz, mittleres Grau und Weiß</translation>
    </message>
    <message>
        <source>Drag black, middle and white. With keys: Up and Down choose one, Left and Right move it</source>
        <translation>Schwarz, Mitte und Weiß ziehen. Mit Tasten: Auf und Ab wählen einen Griff, Links und Rechts verschieben ihn</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>The present state</source>
        <translation>Der jetzige Stand</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Ausgeführt</translation>
    </message>
    <message>
        <source>Opened {name}</source>
        <translation>{name} geöffnet</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Choose a step to go back or forward to it</source>
        <translation>Einen Schritt wählen, um dorthin zurück- oder vorzugehen</translation>
    </message>
</context>
<context>
    <name>ImportStrokesDialog</name>
    <message>
        <source>Import strokes</source>
        <translation>Striche importieren</translation>
    </message>
    <message>
        <source>Import strokes from a picture</source>
        <translation>Striche aus einem Bild importieren</translation>
    </message>
    <message>
        <source>A layer of strokes that is transparent around them, or a copy of the photo that strokes were painted on. It has the photo&apos;s size as it is turned and cropped now.</source>
        <translation>Eine Ebene mit Strichen, sonst transparent, oder eine Kopie des Fotos, auf die Striche gemalt wurden. Sie hat die Größe des Fotos, wie es jetzt gedreht und zugeschnitten ist.</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>&amp;Bild</translation>
    </message>
    <message>
        <source>Painted &amp;on</source>
        <translation>&amp;Gemalt auf</translation>
    </message>
    <message>
        <source>the photo itself</source>
        <translation>das Foto selbst</translation>
    </message>
    <message>
        <source>Only for a copy that was painted on: the picture without strokes</source>
        <translation>Nur für eine bemalte Kopie: das Bild ohne Striche</translation>
    </message>
    <message>
        <source>&amp;Add them to the strokes there are</source>
        <translation>Zu den vorhandenen Strichen &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Replace the strokes there are</source>
        <translation>Vorhandene Striche &amp;ersetzen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for: {what}</source>
        <translation>Durchsuchen für: {what}</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Die Datei {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
</context>
<context>
    <name>InlineMessage</name>
    <message>
        <source>Put this message away</source>
        <translation>Meldung ausblenden</translation>
    </message>
</context>
<context>
    <name>KeepingController</name>
    <message>
        <source>Save the changes to {count} photos?</source>
        <translation>Änderungen an {count} Fotos speichern?</translation>
    </message>
    <message>
        <source>Each is saved as a project, beside the photo if it is new.</source>
        <translation>Jedes wird als Projekt gespeichert, ein neues neben dem Foto.</translation>
    </message>
    <message>
        <source>Save the changes to {name}?</source>
        <translation>Änderungen an {name} speichern?</translation>
    </message>
    <message>
        <source>Strokes and settings that are not saved in a project cannot be brought back.</source>
        <translation>Striche und Einstellungen, die in keinem Projekt gespeichert sind, lassen sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>What was changed since the last saving cannot be brought back.</source>
        <translation>Was seit dem letzten Speichern geändert wurde, lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>{name} is open in another window: choose another name.</source>
        <translation>{name} ist in einem anderen Fenster offen: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>saving {name}</source>
        <translation>Speichern von {name}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy of {name}</source>
        <translation>Kopie von {name}</translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation>Kopie öffnen</translation>
    </message>
    <message>
        <source>Unsaved work is not safe from a crash at the moment. {reason}</source>
        <translation>Ungespeicherte Arbeit ist zurzeit vor einem Absturz nicht sicher. {reason}</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>{path} is open in another window: go on there, or open a copy of it here.</source>
        <translation>{path} ist in einem anderen Fenster offen: dort weiterarbeiten oder hier eine Kopie öffnen.</translation>
    </message>
    <message>
        <source>There is not enough memory for a copy of {name}: close other programs.</source>
        <translation>Zu wenig Speicher für eine Kopie von {name}: andere Programme schließen.</translation>
    </message>
</context>
<context>
    <name>LevellingController</name>
    <message>
        <source>There is nothing to stretch in this photo: it reaches from dark to bright, or has one tone.</source>
        <translation>In diesem Foto gibt es nichts zu spreizen: Es reicht von dunkel bis hell oder hat nur einen Ton.</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>Tonwerte</translation>
    </message>
    <message>
        <source>no levels</source>
        <translation>Ohne Tonwerte</translation>
    </message>
    <message>
        <source>setting the levels</source>
        <translation>Setzen der Tonwerte</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>About Color Studio</source>
        <translation>Über Color Studio</translation>
    </message>
    <message>
        <source>Gives black-and-white photos their colour back, on this computer and nowhere else.</source>
        <translation>Gibt Schwarzweißfotos ihre Farbe zurück, auf diesem Computer und nirgends sonst.</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>The photo is still being saved.</source>
        <translation>Das Foto wird noch gespeichert.</translation>
    </message>
    <message>
        <source>Photos of the strip are still being worked on.</source>
        <translation>Es werden noch Fotos des Filmstreifens bearbeitet.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>S&amp;trokes</source>
        <translation>Str&amp;iche</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>Fa&amp;rbe</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Strokes</source>
        <translation>&amp;Striche</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Hold to see the gray photo (B)</source>
        <translation>Halten zeigt das graue Foto (B)</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>There was not enough memory while {doing}. Close other programs or use a smaller photo.</source>
        <translation>Zu wenig Speicher beim {doing}. Andere Programme schließen oder ein kleineres Foto nehmen.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong while {doing}. The details are in the log file.</source>
        <translation>Unerwarteter Fehler beim {doing}. Näheres steht in der Protokolldatei.</translation>
    </message>
</context>
<context>
    <name>Method</name>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>&amp;Automatic + strokes</source>
        <translation>A&amp;utomatik + Striche</translation>
    </message>
    <message>
        <source>The network colours the photo, and your strokes spread along its edges.</source>
        <translation>Das Netz koloriert das Foto, und die Striche breiten sich entlang seiner Kanten aus.</translation>
    </message>
    <message>
        <source>&amp;Network hints only</source>
        <translation>Nur Hinweise ans Net&amp;z</translation>
    </message>
    <message>
        <source>The network takes your strokes as hints and decides itself how far they go.</source>
        <translation>Das Netz nimmt die Striche als Hinweise und entscheidet selbst, wie weit sie reichen.</translation>
    </message>
    <message>
        <source>Strokes &amp;only</source>
        <translation>Nur Strich&amp;e</translation>
    </message>
    <message>
        <source>No network: only the colours you paint spread, everything else stays gray.</source>
        <translation>Kein Netz: Nur gemalte Farben breiten sich aus, alles andere bleibt grau.</translation>
    </message>
    <message>
        <source>&amp;Reach</source>
        <translation>Rei&amp;chweite</translation>
    </message>
    <message>
        <source>Reach of the strokes</source>
        <translation>Reichweite der Striche</translation>
    </message>
    <message>
        <source>How far a stroke is felt in an even area, as a part of the photo&apos;s longer side. Double click: as usual</source>
        <translation>Wie weit ein Strich in einer gleichmäßigen Fläche wirkt, als Anteil der längeren Seite des Fotos. Doppelklick: wie üblich</translation>
    </message>
    <message>
        <source>This network takes no hints: strokes change nothing in this method.</source>
        <translation>Dieses Netz nimmt keine Hinweise an: Bei dieser Methode ändern Striche nichts.</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>{percent} % of the photo</source>
        <translation>{percent} % des Fotos</translation>
    </message>
</context>
<context>
    <name>ModelGrid</name>
    <message>
        <source>The photo as several models colour it</source>
        <translation>Das Foto, wie mehrere Modelle es kolorieren</translation>
    </message>
    <message>
        <source>No model is chosen</source>
        <translation>Kein Modell ist ausgewählt</translation>
    </message>
    <message>
        <source>{tile}, {number} of {count}</source>
        <translation>{tile}, {number} von {count}</translation>
    </message>
    <message>
        <source>Choose models to compare.</source>
        <translation>Modelle zum Vergleichen auswählen.</translation>
    </message>
    <message>
        <source>Strokes alone (Levin 2004)</source>
        <translation>Nur Striche (Levin 2004)</translation>
    </message>
    <message>
        <source>Black-and-white photo</source>
        <translation>Schwarzweißfoto</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>with strokes</source>
        <translation>mit Strichen</translation>
    </message>
    <message>
        <source>without strokes</source>
        <translation>ohne Striche</translation>
    </message>
    <message>
        <source>The colours you painted spread along the edges of the photo, without a network.</source>
        <translation>Die gemalten Farben breiten sich entlang der Kanten des Fotos aus, ohne Netz.</translation>
    </message>
    <message>
        <source>For comparison: the photo as it is, before any colours.</source>
        <translation>Zum Vergleich: das Foto, wie es ist, noch ohne Farben.</translation>
    </message>
</context>
<context>
    <name>ModelGridController</name>
    <message>
        <source>strokes alone</source>
        <translation>nur Striche</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>Wahl des Modells</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>Wird koloriert …</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>ModelGridPage</name>
    <message>
        <source>Enter uses the chosen one · Esc leaves · arrows choose, with Shift they move the photo · the wheel zooms · B shows the gray photo</source>
        <translation>Eingabetaste nimmt das Ausgewählte · Esc verlässt · Pfeile wählen, mit Umschalt bewegen sie das Foto · das Mausrad zoomt · B zeigt das graue Foto</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Color Studio</source>
        <translation>Color Studio</translation>
    </message>
    <message>
        <source>The lineage</source>
        <translation>Die Ahnenreihe</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>{millions} M</source>
        <translation>{millions} Mio.</translation>
    </message>
    <message>
        <source>{millions} million weights</source>
        <translation>{millions} Millionen Gewichte</translation>
    </message>
    <message>
        <source>takes strokes as hints</source>
        <translation>nimmt Striche als Hinweise</translation>
    </message>
    <message>
        <source>takes no hints</source>
        <translation>nimmt keine Hinweise</translation>
    </message>
</context>
<context>
    <name>Narrator</name>
    <message>
        <source>Open another…</source>
        <translation>Anderes öffnen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Export again…</source>
        <translation>Erneut exportieren…</translation>
    </message>
    <message>
        <source>Colour it</source>
        <translation>Kolorieren</translation>
    </message>
    <message>
        <source>Stopped before the colours were there.</source>
        <translation>Angehalten, bevor die Farben da waren.</translation>
    </message>
    <message>
        <source>The export was stopped. Nothing was written.</source>
        <translation>Der Export wurde angehalten. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation>{name} gespeichert.</translation>
    </message>
    <message>
        <source>the photo</source>
        <translation>diesem Foto</translation>
    </message>
    <message>
        <source>opening {name}</source>
        <translation>Öffnen von {name}</translation>
    </message>
    <message>
        <source>colouring {name}</source>
        <translation>Kolorieren von {name}</translation>
    </message>
    <message>
        <source>showing {name}</source>
        <translation>Anzeigen von {name}</translation>
    </message>
    <message>
        <source>exporting {name}</source>
        <translation>Exportieren von {name}</translation>
    </message>
    <message>
        <source>preparing {name}</source>
        <translation>Vorbereiten von {name}</translation>
    </message>
    <message>
        <source>comparing the photo with {name}</source>
        <translation>Vergleichen des Fotos mit {name}</translation>
    </message>
</context>
<context>
    <name>PaletteBox</name>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Add the chosen colour to this palette</source>
        <translation>Die gewählte Farbe in diese Palette aufnehmen</translation>
    </message>
    <message>
        <source>Palettes: new, rename, import, export</source>
        <translation>Paletten: neu, umbenennen, importieren, exportieren</translation>
    </message>
    <message>
        <source>Colours of the palette</source>
        <translation>Farben der Palette</translation>
    </message>
    <message>
        <source>“{name}” has this colour already.</source>
        <translation>„{name}“ hat diese Farbe schon.</translation>
    </message>
    <message>
        <source>Removed {colour} from “{name}”.</source>
        <translation>{colour} aus „{name}“ entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Use this colour</source>
        <translation>Diese Farbe &amp;verwenden</translation>
    </message>
    <message>
        <source>Re&amp;name colour…</source>
        <translation>Farbe &amp;umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Remove colour</source>
        <translation>Farbe &amp;entfernen</translation>
    </message>
    <message>
        <source>Name of the colour</source>
        <translation>Name der Farbe</translation>
    </message>
    <message>
        <source>&amp;As it came along</source>
        <translation>&amp;Wie mitgeliefert</translation>
    </message>
    <message>
        <source>&amp;Remove palette</source>
        <translation>Palette &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;New palette…</source>
        <translation>&amp;Neue Palette…</translation>
    </message>
    <message>
        <source>Re&amp;name palette…</source>
        <translation>Palette &amp;umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Import palettes…</source>
        <translation>Paletten &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Export palette…</source>
        <translation>Palette e&amp;xportieren…</translation>
    </message>
    <message>
        <source>New palette</source>
        <translation>Neue Palette</translation>
    </message>
    <message>
        <source>My colours</source>
        <translation>Meine Farben</translation>
    </message>
    <message>
        <source>Name of the palette</source>
        <translation>Name der Palette</translation>
    </message>
    <message>
        <source>“{name}” is as it came along.</source>
        <translation>„{name}“ ist wieder wie mitgeliefert.</translation>
    </message>
    <message>
        <source>Removed the palette “{name}”.</source>
        <translation>Palette „{name}“ entfernt.</translation>
    </message>
</context>
<context>
    <name>PaletteController</name>
    <message>
        <source>reading the palettes</source>
        <translation>Lesen der Paletten</translation>
    </message>
    <message>
        <source>saving the palettes</source>
        <translation>Speichern der Paletten</translation>
    </message>
    <message>
        <source>importing palettes</source>
        <translation>Importieren von Paletten</translation>
    </message>
    <message>
        <source>exporting a palette</source>
        <translation>Exportieren einer Palette</translation>
    </message>
    <message>
        <source>Took in the palette “{name}”.</source>
        <translation>Palette „{name}“ aufgenommen.</translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation>{name} gespeichert.</translation>
    </message>
</context>
<context>
    <name>PaletteDialogs</name>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Import palettes</source>
        <translation>Paletten importieren</translation>
    </message>
    <message>
        <source>Export palette</source>
        <translation>Palette exportieren</translation>
    </message>
    <message>
        <source>GIMP palettes</source>
        <translation>GIMP-Paletten</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>PhotoDialog</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos and projects</source>
        <translation>Fotos und Projekte</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>PhotoInfo</name>
    <message>
        <source>Black and white</source>
        <translation>Schwarzweiß</translation>
    </message>
    <message>
        <source>Toned (sepia or alike)</source>
        <translation>Getönt (Sepia o. Ä.)</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>{bits} bit</source>
        <translation>{bits} Bit</translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>PhotoOpener</name>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Pasted photo</source>
        <translation>Eingefügtes Foto</translation>
    </message>
    <message>
        <source>There is no photo on the clipboard. Copy a picture or a file, then paste again.</source>
        <translation>In der Zwischenablage ist kein Foto. Ein Bild oder eine Datei kopieren, dann erneut einfügen.</translation>
    </message>
    <message>
        <source>Dropped photo</source>
        <translation>Hereingezogenes Foto</translation>
    </message>
    <message>
        <source>That is no photo on this computer. Save it as a file first, then drop the file.</source>
        <translation>Das ist kein Foto auf diesem Computer. Zuerst als Datei speichern, dann die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard: copy one and paste again.</source>
        <translation>In der Zwischenablage ist kein Bild: eines kopieren und erneut einfügen.</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
</context>
<context>
    <name>PicturesView</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Place {number}</source>
        <translation>Platz {number}</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Holds from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>&amp;Keep a journal of unsaved work, to restore it after a crash</source>
        <translation>Ungespeichertes &amp;mitschreiben, um es nach einem Absturz wiederherzustellen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>As the network was trained</source>
        <translation>Wie das Netz trainiert wurde</translation>
    </message>
    <message>
        <source>{size} pixels</source>
        <translation>{size} Pixel</translation>
    </message>
    <message>
        <source>The network looks at a small copy of the photo; this is its short side. Larger sees finer things and takes longer, and is not always better.</source>
        <translation>Das Netz sieht eine kleine Kopie des Fotos; dies ist deren kurze Seite. Größer sieht Feineres und dauert länger, ist aber nicht immer besser.</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Working size</source>
        <translation>&amp;Arbeitsgröße</translation>
    </message>
</context>
<context>
    <name>PreparingController</name>
    <message>
        <source>Prepare</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>rotation</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>original photo</source>
        <translation>Originalfoto</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>zugeschnitten</translation>
    </message>
    <message>
        <source>straightened by {degrees}°</source>
        <translation>um {degrees}° gerade gerichtet</translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation>um {degrees}° gedreht</translation>
    </message>
</context>
<context>
    <name>PreparingPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>The photo as it was read: not turned, whole</source>
        <translation>Das Foto, wie es gelesen wurde: nicht gedreht, ganz</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Tonwerte</translation>
    </message>
    <message>
        <source>They change the lightness that is kept.</source>
        <translation>Sie ändern die Helligkeit des Fotos.</translation>
    </message>
    <message>
        <source>Colouring keeps the photo&apos;s lightness. Levels change that lightness itself, in what is shown and in what is exported. The photo&apos;s file stays as it is.</source>
        <translation>Das Kolorieren bewahrt die Helligkeit des Fotos. Tonwerte ändern diese Helligkeit selbst, in der Anzeige und im Export. Die Datei des Fotos bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>Au&amp;tomatisch</translation>
    </message>
    <message>
        <source>Stretch a faded photo from black to white; borders do not count</source>
        <translation>Ein verblasstes Foto von Schwarz bis Weiß spreizen; Ränder zählen nicht</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>A&amp;us</translation>
    </message>
    <message>
        <source>The lightness that the photo has</source>
        <translation>Die Helligkeit, die das Foto hat</translation>
    </message>
    <message>
        <source>&amp;Black</source>
        <translation>S&amp;chwarz</translation>
    </message>
    <message>
        <source>&amp;Gamma</source>
        <translation>&amp;Gamma</translation>
    </message>
    <message>
        <source>&amp;White</source>
        <translation>W&amp;eiß</translation>
    </message>
</context>
<context>
    <name>PrintingController</name>
    <message>
        <source>{name} was not printed, {printer} refused it: look whether it is on and has paper, then print again.</source>
        <translation>{name} wurde nicht gedruckt, {printer} nahm es nicht an: prüfen, ob er an ist und Papier hat, dann erneut drucken.</translation>
    </message>
    <message>
        <source>{path} was not written, there was no memory for the page: close a program.</source>
        <translation>{path} wurde nicht geschrieben, für die Seite fehlte Speicher: ein Programm schließen.</translation>
    </message>
    <message>
        <source>There is no printer on this computer. The photo can be saved as a PDF instead.</source>
        <translation>An diesem Computer gibt es keinen Drucker. Das Foto lässt sich stattdessen als PDF speichern.</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Als PDF speichern…</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Als PDF speichern</translation>
    </message>
    <message>
        <source>Preparing the page…</source>
        <translation>Seite wird vorbereitet…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation>{name} gespeichert.</translation>
    </message>
    <message>
        <source>Sent the photo to {printer}.</source>
        <translation>Foto an {printer} gesendet.</translation>
    </message>
    <message>
        <source>printing</source>
        <translation>Drucken</translation>
    </message>
</context>
<context>
    <name>RecoveryController</name>
    <message>
        <source>There is no unsaved work of an earlier time.</source>
        <translation>Es gibt nichts Ungespeichertes von früher.</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Unsaved work</source>
        <translation>Ungespeichertes</translation>
    </message>
    <message>
        <source>Some work was not saved</source>
        <translation>Nicht alles war gespeichert</translation>
    </message>
    <message>
        <source>Color Studio ended before these were saved. They can be opened as they were then.</source>
        <translation>Color Studio endete, bevor dies gespeichert war. Es lässt sich öffnen, wie es zuletzt war.</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Open it as it was</source>
        <translation>Öffnen, wie es war</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Nobody needs it any more</source>
        <translation>Wird nicht mehr gebraucht</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Später</translation>
    </message>
    <message>
        <source>Leave it: it is in File &gt; Restore unsaved work</source>
        <translation>Liegen lassen: zu finden unter Datei &gt; Ungespeichertes wiederherstellen</translation>
    </message>
    <message>
        <source>no strokes</source>
        <translation>keine Striche</translation>
    </message>
    <message>
        <source>1 stroke</source>
        <translation>1 Strich</translation>
    </message>
    <message>
        <source>{count} strokes</source>
        <translation>{count} Striche</translation>
    </message>
    <message>
        <source>Today, {time}</source>
        <translation>Heute, {time}</translation>
    </message>
    <message>
        <source>Yesterday, {time}</source>
        <translation>Gestern, {time}</translation>
    </message>
    <message>
        <source>&amp;Delete for good</source>
        <translation>&amp;Endgültig löschen</translation>
    </message>
</context>
<context>
    <name>ReferenceSection</name>
    <message>
        <source>Like another photo</source>
        <translation>Wie ein anderes Foto</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Strength of the reference in percent</source>
        <translation>Stärke der Vorlage in Prozent</translation>
    </message>
    <message>
        <source>How much of its colours is taken. Double click: all</source>
        <translation>Wie viel von ihren Farben übernommen wird. Doppelklick: alles</translation>
    </message>
    <message>
        <source>Choose a photo…</source>
        <translation>Foto wählen…</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Anderes wählen…</translation>
    </message>
    <message>
        <source>This network takes no other photo for an example.</source>
        <translation>Dieses Netz nimmt sich kein anderes Foto zum Vorbild.</translation>
    </message>
    <message>
        <source>Strokes only: without the network, no photos are compared.</source>
        <translation>Nur Striche: Ohne das Netz werden keine Fotos verglichen.</translation>
    </message>
    <message>
        <source>Sky gets the colour of sky, skin that of skin. Choose or drop a photo in colour.</source>
        <translation>Himmel bekommt die Farbe von Himmel, Haut die von Haut. Ein Farbfoto wählen oder hierher ziehen.</translation>
    </message>
    <message>
        <source>All of the photo gets colours as there are in that one, whatever is where.</source>
        <translation>Das ganze Foto bekommt Farben, wie es sie in jenem gibt, egal was wo ist.</translation>
    </message>
    <message>
        <source>Places that are alike in both: {count}</source>
        <translation>Stellen, die sich in beiden gleichen: {count}</translation>
    </message>
</context>
<context>
    <name>ReferenceWindow</name>
    <message>
        <source>Reference photos</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Open or drop colour photos here, and take colours from them: a click is enough.</source>
        <translation>Farbfotos öffnen oder hierher ziehen und ihnen Farben entnehmen: Ein Klick genügt.</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Colour &amp;like this</source>
        <translation>&amp;So kolorieren</translation>
    </message>
    <message>
        <source>Give the things in your photo the colours that like things have in this one</source>
        <translation>Den Dingen im Foto die Farben geben, die gleichartige Dinge hier haben</translation>
    </message>
    <message>
        <source>Only {count} reference photos fit: close some first.</source>
        <translation>Mehr als {count} Vorlagen passen nicht: zuerst einige schließen.</translation>
    </message>
    <message>
        <source>Open reference photos</source>
        <translation>Vorlagen öffnen</translation>
    </message>
    <message>
        <source>Pasted photo</source>
        <translation>Eingefügtes Foto</translation>
    </message>
    <message>
        <source>That is no photo on this computer: save it as a file first.</source>
        <translation>Das ist kein Foto auf diesem Computer: zuerst als Datei speichern.</translation>
    </message>
    <message>
        <source>opening {name}</source>
        <translation>Öffnen von {name}</translation>
    </message>
    <message>
        <source>opening reference photos</source>
        <translation>Öffnen von Vorlagen</translation>
    </message>
    <message>
        <source>Close {name}</source>
        <translation>{name} schließen</translation>
    </message>
    <message>
        <source>Reading {names}…</source>
        <translation>Lesen von {names}…</translation>
    </message>
    <message>
        <source>Click or drag to take a colour; the wheel zooms, Space and drag moves.</source>
        <translation>Klicken oder ziehen nimmt eine Farbe auf; das Mausrad zoomt, Leertaste und ziehen verschiebt.</translation>
    </message>
</context>
<context>
    <name>Referring</name>
    <message>
        <source>Too little of the photo looks like something in {name}, and nothing was changed: choose one that shows the same kinds of things.</source>
        <translation>Zu wenig im Foto sieht aus wie etwas in {name}, und nichts wurde geändert: ein Foto wählen, das gleichartige Dinge zeigt.</translation>
    </message>
    <message>
        <source>{name} has no colours to take: choose a photo in colour.</source>
        <translation>{name} hat keine Farben, die sich übernehmen lassen: ein Farbfoto wählen.</translation>
    </message>
</context>
<context>
    <name>ReferringController</name>
    <message>
        <source>Choose another…</source>
        <translation>Anderes wählen…</translation>
    </message>
    <message>
        <source>Colour like another photo</source>
        <translation>Wie ein anderes Foto kolorieren</translation>
    </message>
    <message>
        <source>Dropped photo</source>
        <translation>Hereingezogenes Foto</translation>
    </message>
    <message>
        <source>That is no photo on this computer: save it as a file first.</source>
        <translation>Das ist kein Foto auf diesem Computer: zuerst als Datei speichern.</translation>
    </message>
    <message>
        <source>Open the photo first that is to be coloured like {name}.</source>
        <translation>Zuerst das Foto öffnen, das wie {name} koloriert werden soll.</translation>
    </message>
    <message>
        <source>colour like {name}</source>
        <translation>wie {name} kolorieren</translation>
    </message>
    <message>
        <source>remove reference</source>
        <translation>Vorlage entfernen</translation>
    </message>
    <message>
        <source>strength of the reference</source>
        <translation>Stärke der Vorlage</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Chart of the networks</source>
        <translation>Diagramm der Netze</translation>
    </message>
    <message>
        <source>Pie chart of the answers</source>
        <translation>Kreisdiagramm der Antworten</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Bevorzugungen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Show the &amp;answers</source>
        <translation>&amp;Antworten zeigen</translation>
    </message>
    <message>
        <source>The file answers.csv in the folder of the test</source>
        <translation>Die Datei answers.csv im Ordner des Tests</translation>
    </message>
    <message>
        <source>Export &amp;table…</source>
        <translation>&amp;Tabelle exportieren…</translation>
    </message>
    <message>
        <source>The figures of the networks as CSV, for a spreadsheet</source>
        <translation>Die Zahlen der Netze als CSV, für eine Tabellenkalkulation</translation>
    </message>
    <message>
        <source>Export &amp;charts…</source>
        <translation>&amp;Diagramme exportieren…</translation>
    </message>
    <message>
        <source>Both charts on one page, as PDF, PNG or SVG</source>
        <translation>Beide Diagramme auf einer Seite, als PDF, PNG oder SVG</translation>
    </message>
    <message>
        <source>Results: {question}</source>
        <translation>Ergebnisse: {question}</translation>
    </message>
    <message>
        <source>1 participant</source>
        <translation>1 Teilnehmer</translation>
    </message>
    <message>
        <source>{count} participants</source>
        <translation>{count} Teilnehmer</translation>
    </message>
    <message>
        <source>1 answer</source>
        <translation>1 Antwort</translation>
    </message>
    <message>
        <source>{count} answers</source>
        <translation>{count} Antworten</translation>
    </message>
    <message>
        <source>Intervals are of 95 %.</source>
        <translation>Intervalle gelten zu 95 %.</translation>
    </message>
    <message>
        <source>1 damaged line was left out.</source>
        <translation>1 beschädigte Zeile wurde ausgelassen.</translation>
    </message>
    <message>
        <source>{count} damaged lines were left out.</source>
        <translation>{count} beschädigte Zeilen wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Mean rank</source>
        <translation>Mittlerer Rang</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervall</translation>
    </message>
    <message>
        <source>Better than average</source>
        <translation>Besser als der Schnitt</translation>
    </message>
    <message>
        <source>Put first</source>
        <translation>Auf Platz 1</translation>
    </message>
    <message>
        <source>Rankings</source>
        <translation>Rangfolgen</translation>
    </message>
    <message>
        <source>Taken for real</source>
        <translation>Für echt gehalten</translation>
    </message>
    <message>
        <source>Judged natural</source>
        <translation>Als natürlich beurteilt</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Median time</source>
        <translation>Zeit (Median)</translation>
    </message>
    <message>
        <source>Participant</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Fooled</source>
        <translation>Getäuscht</translation>
    </message>
    <message>
        <source>Preferred to →</source>
        <translation>Bevorzugt vor →</translation>
    </message>
</context>
<context>
    <name>RunsController</name>
    <message>
        <source>working on {name}</source>
        <translation>Bearbeiten von {name}</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>Export anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>What failed…</source>
        <translation>Fehlgeschlagene Fotos…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Save the project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Color Studio projects</source>
        <translation>Color-Studio-Projekte</translation>
    </message>
</context>
<context>
    <name>SetUpPage</name>
    <message>
        <source>A Turing test for colours</source>
        <translation>Ein Turing-Test für Farben</translation>
    </message>
    <message>
        <source>Can people tell coloured photos from true ones? They see both, in random order.</source>
        <translation>Lassen sich eingefärbte Fotos von echten unterscheiden? Gezeigt werden beide, in zufälliger Folge.</translation>
    </message>
    <message>
        <source>Folder with photos</source>
        <translation>Ordner mit Fotos</translation>
    </message>
    <message>
        <source>Folder of the test</source>
        <translation>Ordner des Tests</translation>
    </message>
    <message>
        <source>Networks that take part</source>
        <translation>Netze, die teilnehmen</translation>
    </message>
    <message>
        <source>&amp;All or none</source>
        <translation>&amp;Alle oder keine</translation>
    </message>
    <message>
        <source>Number of photos</source>
        <translation>Anzahl der Fotos</translation>
    </message>
    <message>
        <source>Each participant sees each photo once</source>
        <translation>Jeder Teilnehmer sieht jedes Foto einmal</translation>
    </message>
    <message>
        <source>Mix &amp;gray pictures in, as a control</source>
        <translation>&amp;Graue Bilder zur Kontrolle untermischen</translation>
    </message>
    <message>
        <source>They should fool nobody: who takes them for real does not look</source>
        <translation>Sie sollten niemanden täuschen: Wer sie für echt hält, schaut nicht hin</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>&amp;Fotos</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>&amp;Networks</source>
        <translation>&amp;Netze</translation>
    </message>
    <message>
        <source>N&amp;umber of photos</source>
        <translation>An&amp;zahl der Fotos</translation>
    </message>
    <message>
        <source>&amp;Save the test in</source>
        <translation>Test &amp;sichern in</translation>
    </message>
    <message>
        <source>&amp;Open a test…</source>
        <translation>Test ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Go on with a test that is there already, or look at its results</source>
        <translation>Einen vorhandenen Test fortsetzen oder seine Ergebnisse ansehen</translation>
    </message>
    <message>
        <source>Prepare the &amp;test</source>
        <translation>&amp;Test vorbereiten</translation>
    </message>
    <message>
        <source>Progress of the preparation</source>
        <translation>Fortschritt der Vorbereitung</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse: {name}</source>
        <translation>Durchsuchen: {name}</translation>
    </message>
    <message>
        <source>Folder of a Turing test</source>
        <translation>Ordner eines Turing-Tests</translation>
    </message>
    <message>
        <source>A test is there already. It goes on as it was prepared, whatever is chosen here.</source>
        <translation>Dort ist schon ein Test. Er geht weiter, wie er vorbereitet wurde, gleich, was hier gewählt ist.</translation>
    </message>
    <message>
        <source>Give a folder with photos.</source>
        <translation>Geben Sie einen Ordner mit Fotos an.</translation>
    </message>
    <message>
        <source>There is no folder of that name.</source>
        <translation>Einen Ordner dieses Namens gibt es nicht.</translation>
    </message>
    <message>
        <source>This place cannot be used: {why}.</source>
        <translation>Dieser Ort ist nicht verwendbar: {why}.</translation>
    </message>
    <message>
        <source>Choose at least one network.</source>
        <translation>Wählen Sie mindestens ein Netz.</translation>
    </message>
    <message>
        <source>Each participant will judge each network {count} times: more photos, or more participants, make the figures surer.</source>
        <translation>Jeder Teilnehmer beurteilt jedes Netz {count}-mal: Mehr Fotos oder mehr Teilnehmer machen die Zahlen sicherer.</translation>
    </message>
</context>
<context>
    <name>Shipped</name>
    <message>
        <source>Skin</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Ten tones of skin from very light to very dark, each lit, middle and in shadow: light takes chroma
away, shadow turns it redder. Then lips and cheeks.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Zehn Hauttöne von sehr hell bis sehr dunkel, je im Licht, mittel und im Schatten: Licht nimmt Buntheit,
Schatten macht röter. Dann Lippen und Wangen.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Very light, lit</source>
        <translation>Sehr hell, im Licht</translation>
    </message>
    <message>
        <source>Very light, middle</source>
        <translation>Sehr hell, mittel</translation>
    </message>
    <message>
        <source>Very light, shadow</source>
        <translation>Sehr hell, Schatten</translation>
    </message>
    <message>
        <source>Fair, lit</source>
        <translation>Zart hell, im Licht</translation>
    </message>
    <message>
        <source>Fair, middle</source>
        <translation>Zart hell, mittel</translation>
    </message>
    <message>
        <source>Fair, shadow</source>
        <translation>Zart hell, Schatten</translation>
    </message>
    <message>
        <source>Light, lit</source>
        <translation>Hell, im Licht</translation>
    </message>
    <message>
        <source>Light, middle</source>
        <translation>Hell, mittel</translation>
    </message>
    <message>
        <source>Light, shadow</source>
        <translation>Hell, Schatten</translation>
    </message>
    <message>
        <source>Light olive, lit</source>
        <translation>Hell, oliv, im Licht</translation>
    </message>
    <message>
        <source>Light olive, middle</source>
        <translation>Hell, oliv, mittel</translation>
    </message>
    <message>
        <source>Light olive, shadow</source>
        <translation>Hell, oliv, Schatten</translation>
    </message>
    <message>
        <source>Medium, lit</source>
        <translation>Mittel, im Licht</translation>
    </message>
    <message>
        <source>Medium, middle</source>
        <translation>Mittel, mittel</translation>
    </message>
    <message>
        <source>Medium, shadow</source>
        <translation>Mittel, Schatten</translation>
    </message>
    <message>
        <source>Tan, lit</source>
        <translation>Gebräunt, im Licht</translation>
    </message>
    <message>
        <source>Tan, middle</source>
        <translation>Gebräunt, mittel</translation>
    </message>
    <message>
        <source>Tan, shadow</source>
        <translation>Gebräunt, Schatten</translation>
    </message>
    <message>
        <source>Brown, lit</source>
        <translation>Braun, im Licht</translation>
    </message>
    <message>
        <source>Brown, middle</source>
        <translation>Braun, mittel</translation>
    </message>
    <message>
        <source>Brown, shadow</source>
        <translation>Braun, Schatten</translation>
    </message>
    <message>
        <source>Deep brown, lit</source>
        <translation>Tiefbraun, im Licht</translation>
    </message>
    <message>
        <source>Deep brown, middle</source>
        <translation>Tiefbraun, mittel</translation>
    </message>
    <message>
        <source>Deep brown, shadow</source>
        <translation>Tiefbraun, Schatten</translation>
    </message>
    <message>
        <source>Dark, lit</source>
        <translation>Dunkel, im Licht</translation>
    </message>
    <message>
        <source>Dark, middle</source>
        <translation>Dunkel, mittel</translation>
    </message>
    <message>
        <source>Dark, shadow</source>
        <translation>Dunkel, Schatten</translation>
    </message>
    <message>
        <source>Very dark, lit</source>
        <translation>Sehr dunkel, im Licht</translation>
    </message>
    <message>
        <source>Very dark, middle</source>
        <translation>Sehr dunkel, mittel</translation>
    </message>
    <message>
        <source>Very dark, shadow</source>
        <translation>Sehr dunkel, Schatten</translation>
    </message>
    <message>
        <source>Lips, pale</source>
        <translation>Lippen, blass</translation>
    </message>
    <message>
        <source>Lips, rose</source>
        <translation>Lippen, rosa</translation>
    </message>
    <message>
        <source>Lips, brown</source>
        <translation>Lippen, braun</translation>
    </message>
    <message>
        <source>Lips, dark</source>
        <translation>Lippen, dunkel</translation>
    </message>
    <message>
        <source>Lipstick, red</source>
        <translation>Lippenstift, rot</translation>
    </message>
    <message>
        <source>Cheek, fair</source>
        <translation>Wange, hell</translation>
    </message>
    <message>
        <source>Cheek, brown</source>
        <translation>Wange, braun</translation>
    </message>
    <message>
        <source>Gums and inner lip</source>
        <translation>Zahnfleisch und innere Lippe</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>Hair from black to blond, lit and as it is, then gray and white. Black hair shines bluish, brown hair
warm; white hair is seldom quite neutral.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Haare von schwarz bis blond, im Licht und wie sie sind, dann grau und weiß. Schwarzes Haar glänzt
bläulich, braunes warm; weißes Haar ist selten ganz neutral.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Black, lit</source>
        <translation>Schwarz, im Licht</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Brown-black, lit</source>
        <translation>Braunschwarz, im Licht</translation>
    </message>
    <message>
        <source>Brown-black</source>
        <translation>Braunschwarz</translation>
    </message>
    <message>
        <source>Dark brown, lit</source>
        <translation>Dunkelbraun, im Licht</translation>
    </message>
    <message>
        <source>Dark brown</source>
        <translation>Dunkelbraun</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Chestnut, lit</source>
        <translation>Kastanie, im Licht</translation>
    </message>
    <message>
        <source>Chestnut</source>
        <translation>Kastanie</translation>
    </message>
    <message>
        <source>Auburn, lit</source>
        <translation>Rotbraun, im Licht</translation>
    </message>
    <message>
        <source>Auburn</source>
        <translation>Rotbraun</translation>
    </message>
    <message>
        <source>Ginger, lit</source>
        <translation>Rotblond, im Licht</translation>
    </message>
    <message>
        <source>Ginger</source>
        <translation>Rotblond</translation>
    </message>
    <message>
        <source>Dark blond, lit</source>
        <translation>Dunkelblond, im Licht</translation>
    </message>
    <message>
        <source>Dark blond</source>
        <translation>Dunkelblond</translation>
    </message>
    <message>
        <source>Ash blond, lit</source>
        <translation>Aschblond, im Licht</translation>
    </message>
    <message>
        <source>Ash blond</source>
        <translation>Aschblond</translation>
    </message>
    <message>
        <source>Blond, lit</source>
        <translation>Blond, im Licht</translation>
    </message>
    <message>
        <source>Blond</source>
        <translation>Blond</translation>
    </message>
    <message>
        <source>Light blond, lit</source>
        <translation>Hellblond, im Licht</translation>
    </message>
    <message>
        <source>Light blond</source>
        <translation>Hellblond</translation>
    </message>
    <message>
        <source>Iron gray</source>
        <translation>Eisengrau</translation>
    </message>
    <message>
        <source>Silver gray</source>
        <translation>Silbergrau</translation>
    </message>
    <message>
        <source>Yellowed white</source>
        <translation>Vergilbtes Weiß</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Irises, and what is around them. The white of an eye is never white: a little warm, pink at the corner.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Iris und was sie umgibt. Das Weiß im Auge ist nie weiß: etwas warm, rosa im Winkel.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Blue, light</source>
        <translation>Blau, hell</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Blue, deep</source>
        <translation>Blau, tief</translation>
    </message>
    <message>
        <source>Gray-blue</source>
        <translation>Graublau</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Gray-green</source>
        <translation>Graugrün</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Green, dark</source>
        <translation>Grün, dunkel</translation>
    </message>
    <message>
        <source>Hazel</source>
        <translation>Haselnuss</translation>
    </message>
    <message>
        <source>Hazel, greenish</source>
        <translation>Haselnuss, grünlich</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Brown, light</source>
        <translation>Braun, hell</translation>
    </message>
    <message>
        <source>Brown, dark</source>
        <translation>Braun, dunkel</translation>
    </message>
    <message>
        <source>White of the eye</source>
        <translation>Weiß im Auge</translation>
    </message>
    <message>
        <source>White of the eye, shadow</source>
        <translation>Weiß im Auge, Schatten</translation>
    </message>
    <message>
        <source>Corner of the eye</source>
        <translation>Augenwinkel</translation>
    </message>
    <message>
        <source>Lashes</source>
        <translation>Wimpern</translation>
    </message>
    <message>
        <source>Clothing</source>
        <translation>Kleidung</translation>
    </message>
    <message>
        <source>Cloth in the tones that wool, cotton, linen and silk were often dyed in: muted rather than pure. A
black coat is hardly ever neutral, it leans to blue or to brown.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Stoffe in den Tönen, in denen Wolle, Baumwolle, Leinen und Seide oft gefärbt waren: eher gedämpft als rein.
Ein schwarzer Mantel ist kaum je neutral, er neigt zu Blau oder Braun.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>White linen</source>
        <translation>Weißes Leinen</translation>
    </message>
    <message>
        <source>White, blued</source>
        <translation>Weiß, gebläut</translation>
    </message>
    <message>
        <source>Ivory</source>
        <translation>Elfenbein</translation>
    </message>
    <message>
        <source>Cream</source>
        <translation>Creme</translation>
    </message>
    <message>
        <source>Unbleached</source>
        <translation>Ungebleicht</translation>
    </message>
    <message>
        <source>Straw yellow</source>
        <translation>Strohgelb</translation>
    </message>
    <message>
        <source>Mustard</source>
        <translation>Senf</translation>
    </message>
    <message>
        <source>Ochre</source>
        <translation>Ocker</translation>
    </message>
    <message>
        <source>Rust</source>
        <translation>Rost</translation>
    </message>
    <message>
        <source>Brick red</source>
        <translation>Ziegelrot</translation>
    </message>
    <message>
        <source>Madder red</source>
        <translation>Krapprot</translation>
    </message>
    <message>
        <source>Scarlet</source>
        <translation>Scharlach</translation>
    </message>
    <message>
        <source>Crimson</source>
        <translation>Karmesin</translation>
    </message>
    <message>
        <source>Wine</source>
        <translation>Weinrot</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Pflaume</translation>
    </message>
    <message>
        <source>Dusty rose</source>
        <translation>Altrosa</translation>
    </message>
    <message>
        <source>Rose</source>
        <translation>Rose</translation>
    </message>
    <message>
        <source>Coral</source>
        <translation>Koralle</translation>
    </message>
    <message>
        <source>Mauve</source>
        <translation>Mauve</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Lilac</source>
        <translation>Flieder</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>Indigo</translation>
    </message>
    <message>
        <source>Navy</source>
        <translation>Marine</translation>
    </message>
    <message>
        <source>Royal blue</source>
        <translation>Königsblau</translation>
    </message>
    <message>
        <source>Blue denim</source>
        <translation>Blauer Jeansstoff</translation>
    </message>
    <message>
        <source>Faded denim</source>
        <translation>Verblasster Jeansstoff</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>Himmelblau</translation>
    </message>
    <message>
        <source>Powder blue</source>
        <translation>Puderblau</translation>
    </message>
    <message>
        <source>Slate blue</source>
        <translation>Schieferblau</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Bottle green</source>
        <translation>Flaschengrün</translation>
    </message>
    <message>
        <source>Forest green</source>
        <translation>Waldgrün</translation>
    </message>
    <message>
        <source>Sage</source>
        <translation>Salbei</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Oliv</translation>
    </message>
    <message>
        <source>Mint</source>
        <translation>Minze</translation>
    </message>
    <message>
        <source>Khaki</source>
        <translation>Khaki</translation>
    </message>
    <message>
        <source>Sand</source>
        <translation>Sand</translation>
    </message>
    <message>
        <source>Camel</source>
        <translation>Kamelhaar</translation>
    </message>
    <message>
        <source>Tan</source>
        <translation>Hellbraun</translation>
    </message>
    <message>
        <source>Chestnut brown</source>
        <translation>Kastanienbraun</translation>
    </message>
    <message>
        <source>Chocolate</source>
        <translation>Schokolade</translation>
    </message>
    <message>
        <source>Taupe</source>
        <translation>Taupe</translation>
    </message>
    <message>
        <source>Gray flannel</source>
        <translation>Grauer Flanell</translation>
    </message>
    <message>
        <source>Charcoal</source>
        <translation>Anthrazit</translation>
    </message>
    <message>
        <source>Black, bluish</source>
        <translation>Schwarz, bläulich</translation>
    </message>
    <message>
        <source>Black, brownish</source>
        <translation>Schwarz, bräunlich</translation>
    </message>
    <message>
        <source>Uniforms</source>
        <translation>Uniformen</translation>
    </message>
    <message>
        <source>Tones of uniforms, named for what they are meant to be like. Cloth varied from maker to maker and
faded in the field; find a piece that was kept, or a colour photo of one, before you trust any of them.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Töne von Uniformen, benannt nach dem, was sie darstellen sollen. Tuch war von Hersteller zu Hersteller
verschieden und verblasste im Feld; vor dem Vertrauen ein erhaltenes Stück oder ein Farbfoto davon suchen.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Khaki drill</source>
        <translation>Khakidrillich</translation>
    </message>
    <message>
        <source>Khaki, brownish wool</source>
        <translation>Khaki, bräunliche Wolle</translation>
    </message>
    <message>
        <source>Khaki, greenish wool</source>
        <translation>Khaki, grünliche Wolle</translation>
    </message>
    <message>
        <source>Olive drab</source>
        <translation>Olivgrau</translation>
    </message>
    <message>
        <source>Olive drab, faded</source>
        <translation>Olivgrau, verblasst</translation>
    </message>
    <message>
        <source>Field gray</source>
        <translation>Feldgrau</translation>
    </message>
    <message>
        <source>Field gray, greenish</source>
        <translation>Feldgrau, grünlich</translation>
    </message>
    <message>
        <source>Stone gray</source>
        <translation>Steingrau</translation>
    </message>
    <message>
        <source>Horizon blue</source>
        <translation>Horizontblau</translation>
    </message>
    <message>
        <source>Horizon blue, faded</source>
        <translation>Horizontblau, verblasst</translation>
    </message>
    <message>
        <source>Sky-blue trousers</source>
        <translation>Himmelblaue Hose</translation>
    </message>
    <message>
        <source>Dark blue coat</source>
        <translation>Dunkelblauer Rock</translation>
    </message>
    <message>
        <source>Navy blue</source>
        <translation>Marineblau</translation>
    </message>
    <message>
        <source>Air-force blue</source>
        <translation>Luftwaffenblau</translation>
    </message>
    <message>
        <source>Madder trousers</source>
        <translation>Krapprote Hose</translation>
    </message>
    <message>
        <source>Scarlet tunic</source>
        <translation>Scharlachroter Rock</translation>
    </message>
    <message>
        <source>Crimson facings</source>
        <translation>Karmesinrote Aufschläge</translation>
    </message>
    <message>
        <source>Yellow facings</source>
        <translation>Gelbe Aufschläge</translation>
    </message>
    <message>
        <source>Green facings</source>
        <translation>Grüne Aufschläge</translation>
    </message>
    <message>
        <source>Rifle green</source>
        <translation>Schützengrün</translation>
    </message>
    <message>
        <source>Homespun gray</source>
        <translation>Grau, handgewebt</translation>
    </message>
    <message>
        <source>Butternut</source>
        <translation>Butternuss</translation>
    </message>
    <message>
        <source>White drill</source>
        <translation>Weißer Drillich</translation>
    </message>
    <message>
        <source>Buff leather</source>
        <translation>Sämischleder</translation>
    </message>
    <message>
        <source>Brown leather</source>
        <translation>Braunes Leder</translation>
    </message>
    <message>
        <source>Black leather</source>
        <translation>Schwarzes Leder</translation>
    </message>
    <message>
        <source>Webbing</source>
        <translation>Gurtzeug</translation>
    </message>
    <message>
        <source>Webbing, greenish</source>
        <translation>Gurtzeug, grünlich</translation>
    </message>
    <message>
        <source>Brass buttons</source>
        <translation>Messingknöpfe</translation>
    </message>
    <message>
        <source>Gold lace</source>
        <translation>Goldtresse</translation>
    </message>
    <message>
        <source>Silver lace</source>
        <translation>Silbertresse</translation>
    </message>
    <message>
        <source>Nurse, gray-blue</source>
        <translation>Krankenschwester, graublau</translation>
    </message>
    <message>
        <source>Post, dark blue</source>
        <translation>Post, dunkelblau</translation>
    </message>
    <message>
        <source>Railway, blue-black</source>
        <translation>Eisenbahn, blauschwarz</translation>
    </message>
    <message>
        <source>Fire brigade, brown-red</source>
        <translation>Feuerwehr, braunrot</translation>
    </message>
    <message>
        <source>Scout, khaki</source>
        <translation>Pfadfinder, khaki</translation>
    </message>
    <message>
        <source>Grass and leaves</source>
        <translation>Gras und Laub</translation>
    </message>
    <message>
        <source>Plants and the ground that they grow on. Real leaves are yellower and duller than one remembers them.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Pflanzen und der Boden, auf dem sie wachsen. Echtes Laub ist gelber und stumpfer, als man es in
Erinnerung hat.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Grass in the sun</source>
        <translation>Gras in der Sonne</translation>
    </message>
    <message>
        <source>Grass</source>
        <translation>Gras</translation>
    </message>
    <message>
        <source>Grass in the shade</source>
        <translation>Gras im Schatten</translation>
    </message>
    <message>
        <source>Spring green</source>
        <translation>Frühlingsgrün</translation>
    </message>
    <message>
        <source>Dry grass</source>
        <translation>Trockenes Gras</translation>
    </message>
    <message>
        <source>Straw</source>
        <translation>Stroh</translation>
    </message>
    <message>
        <source>Hay</source>
        <translation>Heu</translation>
    </message>
    <message>
        <source>Leaves in the sun</source>
        <translation>Laub in der Sonne</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>Laub</translation>
    </message>
    <message>
        <source>Leaves in the shade</source>
        <translation>Laub im Schatten</translation>
    </message>
    <message>
        <source>Leaves against the light</source>
        <translation>Laub im Gegenlicht</translation>
    </message>
    <message>
        <source>Oak</source>
        <translation>Eiche</translation>
    </message>
    <message>
        <source>Willow</source>
        <translation>Weide</translation>
    </message>
    <message>
        <source>Olive tree</source>
        <translation>Olivenbaum</translation>
    </message>
    <message>
        <source>Ivy</source>
        <translation>Efeu</translation>
    </message>
    <message>
        <source>Fir</source>
        <translation>Tanne</translation>
    </message>
    <message>
        <source>Pine</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>Cypress</source>
        <translation>Zypresse</translation>
    </message>
    <message>
        <source>Moss</source>
        <translation>Moos</translation>
    </message>
    <message>
        <source>Reed</source>
        <translation>Schilf</translation>
    </message>
    <message>
        <source>Autumn yellow</source>
        <translation>Herbstgelb</translation>
    </message>
    <message>
        <source>Autumn orange</source>
        <translation>Herbstorange</translation>
    </message>
    <message>
        <source>Autumn red</source>
        <translation>Herbstrot</translation>
    </message>
    <message>
        <source>Fallen leaves</source>
        <translation>Gefallenes Laub</translation>
    </message>
    <message>
        <source>Bark</source>
        <translation>Rinde</translation>
    </message>
    <message>
        <source>Birch bark</source>
        <translation>Birkenrinde</translation>
    </message>
    <message>
        <source>Earth, dry</source>
        <translation>Erde, trocken</translation>
    </message>
    <message>
        <source>Earth, wet</source>
        <translation>Erde, nass</translation>
    </message>
    <message>
        <source>Red earth</source>
        <translation>Rote Erde</translation>
    </message>
    <message>
        <source>Hedge rose</source>
        <translation>Heckenrose</translation>
    </message>
    <message>
        <source>Poppy</source>
        <translation>Mohn</translation>
    </message>
    <message>
        <source>Cornflower</source>
        <translation>Kornblume</translation>
    </message>
    <message>
        <source>Sunflower</source>
        <translation>Sonnenblume</translation>
    </message>
    <message>
        <source>Lavender</source>
        <translation>Lavendel</translation>
    </message>
    <message>
        <source>Sky and water</source>
        <translation>Himmel und Wasser</translation>
    </message>
    <message>
        <source>Skies by height and hour, clouds, water, and snow, whose shadows are as blue as the sky is.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Himmel nach Höhe und Stunde, Wolken, Wasser und Schnee, dessen Schatten so blau wie der Himmel sind.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Clear, high</source>
        <translation>Klar, hoch oben</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Clear, low</source>
        <translation>Klar, am Horizont</translation>
    </message>
    <message>
        <source>Haze at the horizon</source>
        <translation>Dunst am Horizont</translation>
    </message>
    <message>
        <source>Summer haze</source>
        <translation>Sommerdunst</translation>
    </message>
    <message>
        <source>Morning</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>Evening yellow</source>
        <translation>Abendgelb</translation>
    </message>
    <message>
        <source>Evening orange</source>
        <translation>Abendorange</translation>
    </message>
    <message>
        <source>Evening pink</source>
        <translation>Abendrosa</translation>
    </message>
    <message>
        <source>Dusk</source>
        <translation>Dämmerung</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Overcast</source>
        <translation>Bedeckt</translation>
    </message>
    <message>
        <source>Rain cloud</source>
        <translation>Regenwolke</translation>
    </message>
    <message>
        <source>Cloud, lit</source>
        <translation>Wolke, im Licht</translation>
    </message>
    <message>
        <source>Cloud, shadow</source>
        <translation>Wolke, Schatten</translation>
    </message>
    <message>
        <source>Sea, deep</source>
        <translation>Meer, tief</translation>
    </message>
    <message>
        <source>Sea</source>
        <translation>Meer</translation>
    </message>
    <message>
        <source>Sea, shallow</source>
        <translation>Meer, seicht</translation>
    </message>
    <message>
        <source>Sea, gray</source>
        <translation>Meer, grau</translation>
    </message>
    <message>
        <source>Lake</source>
        <translation>See</translation>
    </message>
    <message>
        <source>Lake in the wood</source>
        <translation>Waldsee</translation>
    </message>
    <message>
        <source>River</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>River, muddy</source>
        <translation>Fluss, schlammig</translation>
    </message>
    <message>
        <source>Puddle</source>
        <translation>Pfütze</translation>
    </message>
    <message>
        <source>Foam</source>
        <translation>Gischt</translation>
    </message>
    <message>
        <source>Ice</source>
        <translation>Eis</translation>
    </message>
    <message>
        <source>Snow, lit</source>
        <translation>Schnee, im Licht</translation>
    </message>
    <message>
        <source>Snow, shadow</source>
        <translation>Schnee, Schatten</translation>
    </message>
    <message>
        <source>Brick and stone</source>
        <translation>Ziegel und Stein</translation>
    </message>
    <message>
        <source>Walls, roofs, streets and sand, new and weathered.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Mauern, Dächer, Straßen und Sand, neu und verwittert.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Red brick, lit</source>
        <translation>Roter Ziegel, im Licht</translation>
    </message>
    <message>
        <source>Red brick</source>
        <translation>Roter Ziegel</translation>
    </message>
    <message>
        <source>Red brick, shadow</source>
        <translation>Roter Ziegel, Schatten</translation>
    </message>
    <message>
        <source>Brick, weathered</source>
        <translation>Ziegel, verwittert</translation>
    </message>
    <message>
        <source>Brick, burnt</source>
        <translation>Ziegel, gebrannt</translation>
    </message>
    <message>
        <source>Brick, orange</source>
        <translation>Ziegel, orange</translation>
    </message>
    <message>
        <source>Brick, yellow</source>
        <translation>Ziegel, gelb</translation>
    </message>
    <message>
        <source>Brick, sooty</source>
        <translation>Ziegel, rußig</translation>
    </message>
    <message>
        <source>Mortar</source>
        <translation>Mörtel</translation>
    </message>
    <message>
        <source>Limestone</source>
        <translation>Kalkstein</translation>
    </message>
    <message>
        <source>Sandstone</source>
        <translation>Sandstein</translation>
    </message>
    <message>
        <source>Sandstone, red</source>
        <translation>Sandstein, rot</translation>
    </message>
    <message>
        <source>Granite, gray</source>
        <translation>Granit, grau</translation>
    </message>
    <message>
        <source>Granite, pink</source>
        <translation>Granit, rosa</translation>
    </message>
    <message>
        <source>Marble</source>
        <translation>Marmor</translation>
    </message>
    <message>
        <source>Slate</source>
        <translation>Schiefer</translation>
    </message>
    <message>
        <source>Slate, greenish</source>
        <translation>Schiefer, grünlich</translation>
    </message>
    <message>
        <source>Basalt</source>
        <translation>Basalt</translation>
    </message>
    <message>
        <source>Flint</source>
        <translation>Feuerstein</translation>
    </message>
    <message>
        <source>Concrete</source>
        <translation>Beton</translation>
    </message>
    <message>
        <source>Plaster, white</source>
        <translation>Putz, weiß</translation>
    </message>
    <message>
        <source>Plaster, cream</source>
        <translation>Putz, creme</translation>
    </message>
    <message>
        <source>Plaster, ochre</source>
        <translation>Putz, ocker</translation>
    </message>
    <message>
        <source>Plaster, pink</source>
        <translation>Putz, rosa</translation>
    </message>
    <message>
        <source>Terracotta</source>
        <translation>Terrakotta</translation>
    </message>
    <message>
        <source>Roof tile, old</source>
        <translation>Dachziegel, alt</translation>
    </message>
    <message>
        <source>Cobbles</source>
        <translation>Kopfsteinpflaster</translation>
    </message>
    <message>
        <source>Asphalt</source>
        <translation>Asphalt</translation>
    </message>
    <message>
        <source>Gravel</source>
        <translation>Kies</translation>
    </message>
    <message>
        <source>Sand, dry</source>
        <translation>Sand, trocken</translation>
    </message>
    <message>
        <source>Sand, wet</source>
        <translation>Sand, nass</translation>
    </message>
    <message>
        <source>Clay</source>
        <translation>Lehm</translation>
    </message>
    <message>
        <source>Wood and metal</source>
        <translation>Holz und Metall</translation>
    </message>
    <message>
        <source>Timber, furniture and floors; leather and metals, which take much of their colour from what they
mirror.
Chosen by the makers of Color Studio, by judgement, as lightness, a* and b*. Nothing here was measured
from a photo or an object: it is a place to start from, not evidence of what a colour was.
On a photo only hue and chroma count, the lightness stays the photo&apos;s.</source>
        <translation>Holz, Möbel und Böden; Leder und Metalle, die viel von ihrer Farbe aus dem nehmen, was sie spiegeln.
Von den Machern von Color Studio nach Augenmaß gewählt, als Helligkeit, a* und b*. Nichts davon wurde an
einem Foto oder Gegenstand gemessen: ein Ausgangspunkt, kein Beleg, welche Farbe etwas hatte.
Auf dem Foto zählen nur Farbton und Buntheit, die Helligkeit bleibt die des Fotos.</translation>
    </message>
    <message>
        <source>Oak, new</source>
        <translation>Eiche, neu</translation>
    </message>
    <message>
        <source>Oak, dark</source>
        <translation>Eiche, dunkel</translation>
    </message>
    <message>
        <source>Pine, new</source>
        <translation>Kiefer, neu</translation>
    </message>
    <message>
        <source>Pine, old</source>
        <translation>Kiefer, alt</translation>
    </message>
    <message>
        <source>Beech</source>
        <translation>Buche</translation>
    </message>
    <message>
        <source>Birch</source>
        <translation>Birke</translation>
    </message>
    <message>
        <source>Ash</source>
        <translation>Esche</translation>
    </message>
    <message>
        <source>Cherry</source>
        <translation>Kirschbaum</translation>
    </message>
    <message>
        <source>Mahogany</source>
        <translation>Mahagoni</translation>
    </message>
    <message>
        <source>Rosewood</source>
        <translation>Palisander</translation>
    </message>
    <message>
        <source>Walnut</source>
        <translation>Nussbaum</translation>
    </message>
    <message>
        <source>Teak</source>
        <translation>Teak</translation>
    </message>
    <message>
        <source>Ebony</source>
        <translation>Ebenholz</translation>
    </message>
    <message>
        <source>Weathered gray</source>
        <translation>Verwittertes Grau</translation>
    </message>
    <message>
        <source>Silvered boards</source>
        <translation>Vergraute Bretter</translation>
    </message>
    <message>
        <source>Wet boards</source>
        <translation>Nasse Bretter</translation>
    </message>
    <message>
        <source>Wicker</source>
        <translation>Korbgeflecht</translation>
    </message>
    <message>
        <source>Cane</source>
        <translation>Rohr</translation>
    </message>
    <message>
        <source>Cork</source>
        <translation>Kork</translation>
    </message>
    <message>
        <source>Paper, old</source>
        <translation>Papier, alt</translation>
    </message>
    <message>
        <source>Cardboard</source>
        <translation>Pappe</translation>
    </message>
    <message>
        <source>Leather, tan</source>
        <translation>Leder, hellbraun</translation>
    </message>
    <message>
        <source>Leather, brown</source>
        <translation>Leder, braun</translation>
    </message>
    <message>
        <source>Leather, ox-blood</source>
        <translation>Leder, ochsenblutrot</translation>
    </message>
    <message>
        <source>Leather, black</source>
        <translation>Leder, schwarz</translation>
    </message>
    <message>
        <source>Brass</source>
        <translation>Messing</translation>
    </message>
    <message>
        <source>Brass, dull</source>
        <translation>Messing, stumpf</translation>
    </message>
    <message>
        <source>Copper</source>
        <translation>Kupfer</translation>
    </message>
    <message>
        <source>Verdigris</source>
        <translation>Grünspan</translation>
    </message>
    <message>
        <source>Bronze</source>
        <translation>Bronze</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>Gold</translation>
    </message>
    <message>
        <source>Silver</source>
        <translation>Silber</translation>
    </message>
    <message>
        <source>Iron</source>
        <translation>Eisen</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Blei</translation>
    </message>
    <message>
        <source>A small study of diverse colouring: noise goes in, and another colouring comes out each time.</source>
        <translation>Eine kleine Studie zum vielfältigen Färben: Mit jedem Rauschen kommt eine andere Färbung heraus.</translation>
    </message>
    <message>
        <source>A small study of ChromaGAN: taught by a critic, and by what things are in the photo.</source>
        <translation>Eine kleine Studie zu ChromaGAN: gelehrt von einem Kritiker und davon, was auf dem Foto ist.</translation>
    </message>
    <message>
        <source>A small study: a plain network that chooses among 313 colours.</source>
        <translation>Eine kleine Studie: ein schlichtes Netz, das unter 313 Farben wählt.</translation>
    </message>
    <message>
        <source>A small study: a plain network that chooses among 313 colours, rare ones counting more.</source>
        <translation>Eine kleine Studie: ein schlichtes Netz, das unter 313 Farben wählt; seltene zählen mehr.</translation>
    </message>
    <message>
        <source>A small study: a plain network that learns the mean colour.</source>
        <translation>Eine kleine Studie: ein schlichtes Netz, das die mittlere Farbe lernt.</translation>
    </message>
    <message>
        <source>A small study of “Let there be Color!”, which sees what kind of scene it is before it colours a place.</source>
        <translation>Eine kleine Studie zu „Let there be Color!“: Das Netz sieht erst, was für eine Szene es ist, und färbt dann die einzelne Stelle.</translation>
    </message>
    <message>
        <source>A small study of “Deep Koalarization”: what a classifier sees in the whole photo is told to each place.</source>
        <translation>Eine kleine Studie zu „Deep Koalarization“: Was ein Klassifikator im ganzen Foto sieht, erfährt jede Stelle.</translation>
    </message>
    <message>
        <source>A small study of hypercolumns: each pixel sees all depths of the network, and hue and chroma are histograms.</source>
        <translation>Eine kleine Studie zu Hyperspalten: Jedes Pixel sieht alle Tiefen des Netzes, Farbton und Buntheit sind Histogramme.</translation>
    </message>
    <message>
        <source>A small study of multi-level embedding: pretrained features at every level, and a choice among 313 colours.</source>
        <translation>Eine kleine Studie zu Multi-Level Embedding: vortrainierte Merkmale auf jeder Ebene, und eine Wahl unter 313 Farben.</translation>
    </message>
    <message>
        <source>A small study of multi-level embedding: pretrained features at every level, and the mean colour.</source>
        <translation>Eine kleine Studie zu Multi-Level Embedding: vortrainierte Merkmale auf jeder Ebene, und die mittlere Farbe.</translation>
    </message>
    <message>
        <source>Natural colours for people, towns and landscapes; takes strokes to the letter. Small and fast.</source>
        <translation>Natürliche Farben für Menschen, Städte und Landschaften; nimmt Striche beim Wort. Klein und schnell.</translation>
    </message>
    <message>
        <source>A small study: a network with skip connections that chooses among 313 colours.</source>
        <translation>Eine kleine Studie: ein Netz mit Sprungverbindungen, das unter 313 Farben wählt.</translation>
    </message>
    <message>
        <source>A small study: a network with skip connections that chooses among 313 colours, rare ones counting more.</source>
        <translation>Eine kleine Studie: ein Netz mit Sprungverbindungen, das unter 313 Farben wählt; seltene zählen mehr.</translation>
    </message>
    <message>
        <source>A small study: an encoder like VGG-16 and a decoder, joined by residual connections.</source>
        <translation>Eine kleine Studie: ein Encoder wie VGG-16 und ein Decoder, durch Residualverbindungen verbunden.</translation>
    </message>
    <message>
        <source>A small study of “Colorful Image Colorization”: a choice among 313 colours in which rare ones count more.</source>
        <translation>Eine kleine Studie zu „Colorful Image Colorization“: eine Wahl unter 313 Farben, bei der seltene mehr zählen.</translation>
    </message>
    <message>
        <source>A small study of user-guided colouring: strokes and the colours of another photo are told to the network.</source>
        <translation>Eine kleine Studie zum geführten Färben: Striche und die Farben eines anderen Fotos werden dem Netz gesagt.</translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <source>Find a command or a key</source>
        <translation>Befehl oder Taste suchen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Give this command its first keys back</source>
        <translation>Diesem Befehl seine ursprünglichen Tasten zurückgeben</translation>
    </message>
    <message>
        <source>All as they were</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Press the new keys:</source>
        <translation>&amp;Neue Tasten drücken:</translation>
    </message>
    <message>
        <source>These keys are taken: {command}. Press others, or give that command others first.</source>
        <translation>Diese Tasten sind belegt: {command}. Andere drücken oder zuerst jenem Befehl andere geben.</translation>
    </message>
    <message>
        <source>Another command has these keys by now: give it others first.</source>
        <translation>Diese Tasten hat inzwischen ein anderer Befehl: zuerst ihm andere geben.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Pages of the side panel</source>
        <translation>Seiten der Seitenleiste</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Regler</translation>
    </message>
</context>
<context>
    <name>SmoothingBox</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>The colours as the network says them</source>
        <translation>Die Farben, wie das Netz sie nennt</translation>
    </message>
    <message>
        <source>Along likeness</source>
        <translation>Nach Ähnlichkeit</translation>
    </message>
    <message>
        <source>Each place hears those that are near and as light or dark as it is: blotches go and edges stay (a fully connected CRF)</source>
        <translation>Jede Stelle hört auf die, die nahe und gleich hell sind: Flecken gehen, Kanten bleiben (ein voll verbundenes CRF)</translation>
    </message>
    <message>
        <source>Flat areas</source>
        <translation>Flächig</translation>
    </message>
    <message>
        <source>Colours become flat areas with sharp borders (least total variation)</source>
        <translation>Farben werden zu Flächen mit scharfen Grenzen (kleinste totale Variation)</translation>
    </message>
    <message>
        <source>Smoothin&amp;g</source>
        <translation>&amp;Glättung</translation>
    </message>
    <message>
        <source>Smoothing of the network&apos;s colours</source>
        <translation>Glättung der Farben des Netzes</translation>
    </message>
    <message>
        <source>Makes blotched colours even. Strokes stay as they are; colours get a little paler</source>
        <translation>Macht fleckige Farben eben. Striche bleiben, wie sie sind; die Farben werden etwas blasser</translation>
    </message>
</context>
<context>
    <name>Split</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Photo to crop and straighten</source>
        <translation>Foto zum Zuschneiden und Gerade richten</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Size, depth and kind of the photo</source>
        <translation>Größe, Tiefe und Art des Fotos</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Duration of the last colouring</source>
        <translation>Dauer des letzten Kolorierens</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>What the photo was coloured on</source>
        <translation>Worauf das Foto koloriert wurde</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Pixels of the screen a pixel of the photo</source>
        <translation>Pixel des Bildschirms je Pixel des Fotos</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>Kein Foto</translation>
    </message>
    <message>
        <source>{bits} bit</source>
        <translation>{bits} Bit</translation>
    </message>
    <message>
        <source>Coloured in {seconds} s</source>
        <translation>Koloriert in {seconds} s</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>Laden des Netzes</translation>
    </message>
    <message>
        <source>Seeing the photo</source>
        <translation>Betrachten des Fotos</translation>
    </message>
    <message>
        <source>Choosing colours</source>
        <translation>Wählen der Farben</translation>
    </message>
    <message>
        <source>Finding edges</source>
        <translation>Finden der Kanten</translation>
    </message>
    <message>
        <source>Spreading strokes</source>
        <translation>Ausbreiten der Striche</translation>
    </message>
</context>
<context>
    <name>SteppingController</name>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Rückgängig: {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Wiederholen: {step}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
</context>
<context>
    <name>StrokeEditor</name>
    <message>
        <source>stroke</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>moved strokes</source>
        <translation>Striche verschoben</translation>
    </message>
    <message>
        <source>stroke colour</source>
        <translation>Strichfarbe</translation>
    </message>
    <message>
        <source>neutral strokes</source>
        <translation>Neutrale Striche</translation>
    </message>
    <message>
        <source>protecting strokes</source>
        <translation>Schützende Striche</translation>
    </message>
    <message>
        <source>order of strokes</source>
        <translation>Reihenfolge der Striche</translation>
    </message>
    <message>
        <source>deleted strokes</source>
        <translation>Striche gelöscht</translation>
    </message>
</context>
<context>
    <name>StrokeList</name>
    <message>
        <source>No strokes yet.

Take the brush (P), choose a colour and draw on the photo: it follows along its own edges. A few strokes are enough.</source>
        <translation>Noch keine Striche.

Den Pinsel (P) nehmen, eine Farbe wählen und auf das Foto malen: Es folgt entlang seiner eigenen Kanten. Wenige Striche genügen.</translation>
    </message>
    <message>
        <source>Strokes, the one over all others first</source>
        <translation>Striche, der oberste zuerst</translation>
    </message>
    <message>
        <source>Strokes shown</source>
        <translation>Striche sichtbar</translation>
    </message>
    <message>
        <source>Strokes dimmed</source>
        <translation>Striche gedimmt</translation>
    </message>
    <message>
        <source>Strokes hidden</source>
        <translation>Striche verborgen</translation>
    </message>
    <message>
        <source>Strokes over the photo</source>
        <translation>Striche über dem Foto</translation>
    </message>
    <message>
        <source>How much of the strokes is seen over the photo (O)</source>
        <translation>Wie sehr die Striche über dem Foto zu sehen sind (O)</translation>
    </message>
</context>
<context>
    <name>StrokeModel</name>
    <message>
        <source>Stroke {number} of {count}: {kind}, {size}</source>
        <translation>Strich {number} von {count}: {kind}, {size}</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>area of {pixels} px</source>
        <translation>Fläche {pixels} px</translation>
    </message>
    <message>
        <source>radius {radius} px</source>
        <translation>Radius {radius} px</translation>
    </message>
</context>
<context>
    <name>StrokePicturesController</name>
    <message>
        <source>exporting strokes</source>
        <translation>Exportieren der Striche</translation>
    </message>
    <message>
        <source>importing strokes</source>
        <translation>Importieren der Striche</translation>
    </message>
    <message>
        <source>Export the strokes as a layer</source>
        <translation>Striche als Ebene exportieren</translation>
    </message>
    <message>
        <source>Export the gray photo, and beside it the same with strokes</source>
        <translation>Das graue Foto exportieren, und daneben dasselbe mit Strichen</translation>
    </message>
    <message>
        <source>{name} is there already.</source>
        <translation>{name} gibt es schon.</translation>
    </message>
    <message>
        <source>It is the picture with strokes that goes beside {name}.</source>
        <translation>Es ist das Bild mit Strichen, das neben {name} liegt.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Saved {names}.</source>
        <translation>{names} gespeichert.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>The strokes were not imported: the photo has changed meanwhile.</source>
        <translation>Die Striche wurden nicht importiert: Das Foto hat sich inzwischen geändert.</translation>
    </message>
    <message>
        <source>imported strokes</source>
        <translation>Importierte Striche</translation>
    </message>
    <message>
        <source>Imported one stroke from {name}.</source>
        <translation>Ein Strich aus {name} importiert.</translation>
    </message>
    <message>
        <source>Imported {count} strokes from {name}.</source>
        <translation>{count} Striche aus {name} importiert.</translation>
    </message>
</context>
<context>
    <name>StrokesController</name>
    <message>
        <source>Strokes</source>
        <translation>Striche</translation>
    </message>
    <message>
        <source>Selected strokes</source>
        <translation>Ausgewählte Striche</translation>
    </message>
</context>
<context>
    <name>SuggestionStrip</name>
    <message>
        <source>Suggested colours</source>
        <translation>Vorgeschlagene Farben</translation>
    </message>
    <message>
        <source>{percent} likely, {code}, {number} of {count}</source>
        <translation>{percent} wahrscheinlich, {code}, {number} von {count}</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Rest the cursor on the photo</source>
        <translation>Zeiger auf dem Foto ruhen lassen</translation>
    </message>
    <message>
        <source>This network suggests no colours</source>
        <translation>Dieses Netz schlägt keine Farben vor</translation>
    </message>
    <message>
        <source>Colours that the network thinks likely where the cursor rested</source>
        <translation>Farben, die das Netz an der Stelle, wo der Zeiger ruhte, für wahrscheinlich hält</translation>
    </message>
    <message>
        <source>{percent} likely (Alt+{number})</source>
        <translation>{percent} wahrscheinlich (Alt+{number})</translation>
    </message>
</context>
<context>
    <name>SwatchGrid</name>
    <message>
        <source>{name}, {number} of {count}</source>
        <translation>{name}, {number} von {count}</translation>
    </message>
    <message>
        <source>No colours</source>
        <translation>Keine Farben</translation>
    </message>
</context>
<context>
    <name>TileWorker</name>
    <message>
        <source>comparing models</source>
        <translation>Vergleichen der Modelle</translation>
    </message>
</context>
<context>
    <name>ToolOptions</name>
    <message>
        <source>Radi&amp;us</source>
        <translation>Rad&amp;ius</translation>
    </message>
    <message>
        <source>Radius of the brush in pixels of the photo</source>
        <translation>Radius des Pinsels in Pixeln des Fotos</translation>
    </message>
    <message>
        <source>Radius of the brush in pixels of the photo: [ and ], or Shift+wheel</source>
        <translation>Radius des Pinsels in Pixeln des Fotos: [ und ] oder Umschalt+Mausrad</translation>
    </message>
</context>
<context>
    <name>ToolPalette</name>
    <message>
        <source>Canvas tools</source>
        <translation>Malwerkzeuge</translation>
    </message>
</context>
<context>
    <name>ToolsController</name>
    <message>
        <source>Shift draws a straight line, Alt takes a colour</source>
        <translation>Umschalt zieht eine Gerade, Alt nimmt eine Farbe auf</translation>
    </message>
    <message>
        <source>Drag over strokes to take parts of them away</source>
        <translation>Über Striche ziehen, um Teile davon wegzunehmen</translation>
    </message>
    <message>
        <source>Click or drag around strokes to select them, drag them to move them</source>
        <translation>Striche anklicken oder umfahren, um sie auszuwählen; ziehen verschiebt sie</translation>
    </message>
    <message>
        <source>Click to take a colour from the photo</source>
        <translation>Klick nimmt eine Farbe aus dem Foto auf</translation>
    </message>
    <message>
        <source>Drag to move the photo; with other tools hold Space</source>
        <translation>Ziehen verschiebt das Foto; mit anderen Werkzeugen die Leertaste halten</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Loslegen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>TrialPage</name>
    <message>
        <source>Pause (Esc)</source>
        <translation>Pause (Esc)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>Press the number of the most natural picture first, click it, or drag all into order.</source>
        <translation>Drücken Sie zuerst die Zahl des natürlichsten Bildes, klicken Sie es an, oder ziehen Sie alle zurecht.</translation>
    </message>
    <message>
        <source>Take back (Backspace)</source>
        <translation>Zurücknehmen (Rücktaste)</translation>
    </message>
    <message>
        <source>That is my order (Enter)</source>
        <translation>So ist meine Folge (Eingabe)</translation>
    </message>
</context>
<context>
    <name>Turing</name>
    <message>
        <source>Pairs: which one is real?</source>
        <translation>Paare: Welches ist echt?</translation>
    </message>
    <message>
        <source>Single photos: does this look wrong?</source>
        <translation>Einzelne Fotos: Sieht das falsch aus?</translation>
    </message>
    <message>
        <source>Ranking: which looks most natural?</source>
        <translation>Rangfolge: Welches wirkt am natürlichsten?</translation>
    </message>
    <message>
        <source>A true photo beside a coloured one. Photos in colour are needed.</source>
        <translation>Ein echtes Foto neben einem eingefärbten. Dazu braucht es Farbfotos.</translation>
    </message>
    <message>
        <source>Coloured photos, and true ones among them. Black-and-white photos will do, too.</source>
        <translation>Eingefärbte Fotos und echte darunter. Auch Schwarz-Weiß-Fotos sind möglich.</translation>
    </message>
    <message>
        <source>The same photo in the colours of several networks, to be put in order.</source>
        <translation>Dasselbe Foto in den Farben mehrerer Netze, die zu ordnen sind.</translation>
    </message>
    <message>
        <source>Which one is real?</source>
        <translation>Welches ist echt?</translation>
    </message>
    <message>
        <source>Does this look wrong?</source>
        <translation>Sieht das falsch aus?</translation>
    </message>
    <message>
        <source>Which looks most natural? Put them in order.</source>
        <translation>Welches wirkt am natürlichsten? Ordnen Sie die Bilder.</translation>
    </message>
    <message>
        <source>← The left one</source>
        <translation>← Das linke</translation>
    </message>
    <message>
        <source>The right one →</source>
        <translation>Das rechte →</translation>
    </message>
    <message>
        <source>← It looks natural</source>
        <translation>← Es wirkt natürlich</translation>
    </message>
    <message>
        <source>It looks wrong →</source>
        <translation>Es sieht falsch aus →</translation>
    </message>
    <message>
        <source>You will see the same photo twice: once with its true colours, once coloured by a computer. Press ← if the left one is real, → if the right one is, or click it.</source>
        <translation>Sie sehen dasselbe Foto zweimal: einmal mit seinen echten Farben, einmal von einem Computer eingefärbt. Drücken Sie ←, wenn das linke echt ist, →, wenn es das rechte ist, oder klicken Sie es an.</translation>
    </message>
    <message>
        <source>You will see one photo at a time. Some have their true colours, some were coloured by a computer. Press ← if a photo looks natural, → if its colours look wrong.</source>
        <translation>Sie sehen ein Foto nach dem anderen. Manche haben ihre echten Farben, manche wurden von einem Computer eingefärbt. Drücken Sie ←, wenn ein Foto natürlich wirkt, →, wenn seine Farben falsch aussehen.</translation>
    </message>
    <message>
        <source>You will see the same photo in several colours. Press the number of the one that looks most natural, then of the next, and so on, or drag them into order; Enter when all have their places.</source>
        <translation>Sie sehen dasselbe Foto in mehreren Farben. Drücken Sie die Zahl des Bildes, das am natürlichsten wirkt, dann die des nächsten und so fort, oder ziehen Sie die Bilder in die richtige Reihenfolge; die Eingabetaste, wenn alle ihren Platz haben.</translation>
    </message>
    <message>
        <source>True colours</source>
        <translation>Echte Farben</translation>
    </message>
    <message>
        <source>Gray (control)</source>
        <translation>Grau (Kontrolle)</translation>
    </message>
    <message>
        <source>Taken for the real one</source>
        <translation>Für das echte gehalten</translation>
    </message>
    <message>
        <source>Judged natural</source>
        <translation>Als natürlich beurteilt</translation>
    </message>
    <message>
        <source>Mean rank, 1 is the most natural</source>
        <translation>Mittlerer Rang, 1 ist am natürlichsten</translation>
    </message>
    <message>
        <source>cannot be told apart</source>
        <translation>nicht zu unterscheiden</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>Alle Antworten</translation>
    </message>
    <message>
        <source>Put first</source>
        <translation>Auf Platz 1</translation>
    </message>
    <message>
        <source>Told right</source>
        <translation>Richtig erkannt</translation>
    </message>
    <message>
        <source>Fooled by {title}</source>
        <translation>Getäuscht von {title}</translation>
    </message>
    <message>
        <source>Fooled by others</source>
        <translation>Getäuscht von anderen</translation>
    </message>
    <message>
        <source>True colours doubted</source>
        <translation>Echte Farben bezweifelt</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>No answers yet</source>
        <translation>Noch keine Antworten</translation>
    </message>
</context>
<context>
    <name>TuringWindow</name>
    <message>
        <source>Turing test</source>
        <translation>Turing-Test</translation>
    </message>
    <message>
        <source>looking for networks</source>
        <translation>Suchen nach Netzen</translation>
    </message>
    <message>
        <source>counting the answers</source>
        <translation>Zählen der Antworten</translation>
    </message>
    <message>
        <source>drawing the charts</source>
        <translation>Zeichnen der Diagramme</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Turing test: {name}</source>
        <translation>Turing-Test: {name}</translation>
    </message>
    <message>
        <source>preparing the test</source>
        <translation>Vorbereiten des Tests</translation>
    </message>
    <message>
        <source>Stopped. The pictures that are made are kept, and it goes on there next time.</source>
        <translation>Angehalten. Die fertigen Bilder bleiben, und das nächste Mal geht es dort weiter.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>{error} Your answers are kept until they can be written.</source>
        <translation>{error} Ihre Antworten werden behalten, bis sie geschrieben werden können.</translation>
    </message>
    <message>
        <source>reading the pictures</source>
        <translation>Lesen der Bilder</translation>
    </message>
    <message>
        <source>Export charts</source>
        <translation>Diagramme exportieren</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation>{name} gesichert.</translation>
    </message>
    <message>
        <source>Some answers are not written yet and will be lost. Close once more to do without them.</source>
        <translation>Einige Antworten sind noch nicht geschrieben und gehen verloren. Schließen Sie noch einmal, um auf sie zu verzichten.</translation>
    </message>
</context>
<context>
    <name>VariationsController</name>
    <message>
        <source>drawing variations</source>
        <translation>Zeichnen von Varianten</translation>
    </message>
    <message>
        <source>Arrow keys choose, the wheel zooms, B shows the photo without colours.</source>
        <translation>Pfeiltasten wählen aus, das Mausrad zoomt, B zeigt das Foto ohne Farben.</translation>
    </message>
    <message>
        <source>{done} of {count} are there</source>
        <translation>{done} von {count} sind da</translation>
    </message>
    <message>
        <source>Variation {number}</source>
        <translation>Variante {number}</translation>
    </message>
    <message>
        <source>The likeliest</source>
        <translation>Die wahrscheinlichste</translation>
    </message>
    <message>
        <source>What the network would choose</source>
        <translation>Was das Netz wählen würde</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>Wird koloriert …</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>the likeliest colours</source>
        <translation>die wahrscheinlichsten Farben</translation>
    </message>
    <message>
        <source>variation {number}</source>
        <translation>Variante {number}</translation>
    </message>
</context>
<context>
    <name>VariationsDialog</name>
    <message>
        <source>Variations</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>The photo in several colourings</source>
        <translation>Das Foto in mehreren Kolorierungen</translation>
    </message>
    <message>
        <source>Show &amp;more</source>
        <translation>&amp;Mehr zeigen</translation>
    </message>
    <message>
        <source>Draw other colourings, too</source>
        <translation>Weitere Kolorierungen dazu zeichnen</translation>
    </message>
    <message>
        <source>&amp;Use this one</source>
        <translation>Diese &amp;verwenden</translation>
    </message>
    <message>
        <source>Colour the photo as on the chosen tile (Enter)</source>
        <translation>Das Foto wie auf der gewählten Kachel kolorieren (Eingabetaste)</translation>
    </message>
    <message>
        <source>Back to the photo</source>
        <translation>Zurück zum Foto</translation>
    </message>
    <message>
        <source>Leave the photo as it was (Esc)</source>
        <translation>Das Foto lassen, wie es war (Esc)</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Take the time you need; it is measured, but faster is not better. Esc makes a pause.</source>
        <translation>Nehmen Sie sich die Zeit, die Sie brauchen; sie wird gemessen, aber schneller ist nicht besser. Esc macht eine Pause.</translation>
    </message>
    <message>
        <source>&amp;Participant</source>
        <translation>Teil&amp;nehmer</translation>
    </message>
    <message>
        <source>Participant</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>A name, or any word that stands for you</source>
        <translation>Ein Name oder ein Wort, das für Sie steht</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Beginnen</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>&amp;Ergebnisse</translation>
    </message>
    <message>
        <source>&amp;Another test…</source>
        <translation>&amp;Anderer Test…</translation>
    </message>
    <message>
        <source>Thank you, {name}!</source>
        <translation>Danke, {name}!</translation>
    </message>
    <message>
        <source>All your answers are saved. Who is next?</source>
        <translation>Alle Ihre Antworten sind gesichert. Wer ist der Nächste?</translation>
    </message>
    <message>
        <source>{name} ({count} of {total})</source>
        <translation>{name} ({count} von {total})</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>{count} weitere</translation>
    </message>
    <message>
        <source>So far: {names}</source>
        <translation>Bisher: {names}</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>{name} has answered all questions already.</source>
        <translation>{name} hat alle Fragen schon beantwortet.</translation>
    </message>
    <message>
        <source>{name} has answered {count} of {total} questions and goes on there.</source>
        <translation>{name} hat {count} von {total} Fragen beantwortet und macht dort weiter.</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 Frage</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} Fragen</translation>
    </message>
</context>
<context>
    <name>_Cover</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>The clock stands still. All answers so far are saved.</source>
        <translation>Die Uhr steht still. Alle bisherigen Antworten sind gesichert.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop here, go on another time</source>
        <translation>Hier aufhören, ein andermal weiter</translation>
    </message>
</context>
</TS>
